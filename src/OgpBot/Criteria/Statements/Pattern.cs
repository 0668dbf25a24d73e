using OgpBot.Criteria.Statements.Words;

namespace OgpBot.Criteria.Statements;

internal enum PatternItemKind
{
    /// <summary>One word, or one phrase, with any of the tags.</summary>
    Word = 0,

    /// <summary>Any one word.</summary>
    Any,

    /// <summary>Up to so many words of any kind, within the sentence, none of class <c>stop</c>.</summary>
    Gap,

    /// <summary>The same, within the clause: no word of class <c>clause</c> either, and no pause.</summary>
    Near,

    /// <summary>Up to so many words of class <c>filler</c>.</summary>
    Filler,

    /// <summary>A sentence starts here: what stood before was another one.</summary>
    Start,

    /// <summary>The sentence ends here.</summary>
    End,

    /// <summary>A comma, or any other pause, stands here.</summary>
    Pause,
}

/// <summary>A place of a pattern.</summary>
/// <param name="Tags">Of a word: those that it may have.</param>
/// <param name="Most">Of a gap: how many words it may hold.</param>
internal sealed record PatternItem(PatternItemKind Kind, int[] Tags, int Most = 0, bool Optional = false);

/// <summary>A sequence of places that a part of a text may fill.</summary>
internal sealed record Pattern(string Source, IReadOnlyList<PatternItem> Items)
{
    private readonly PatternItem[] required = [.. Items.Where(item => item is { Kind: PatternItemKind.Word, Optional: false })];

    /// <summary>Whether it may fill more than one sentence.</summary>
    internal bool Crosses { get; } = Items.Skip(1).Any(item => item.Kind == PatternItemKind.Start);

    /// <summary>Whether there are words for each place that must be filled.</summary>
    /// <param name="words">The tags of all words.</param>
    internal bool MayBeIn(Tags words)
    {
        foreach (var item in required)
        {
            if (!words.HasAny(item.Tags))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the item may begin a sentence that the match did not begin in: a <c>^</c> stands before it, but for a gap.</summary>
    internal bool MayCrossBefore(int item)
    {
        while (item > 0 && Items[item - 1] is { Kind: PatternItemKind.Gap or PatternItemKind.Near or PatternItemKind.Filler } or { Optional: true })
        {
            item--;
        }

        return item > 0 && Items[item - 1].Kind == PatternItemKind.Start;
    }
}
