namespace OgpBot.Criteria.Statements;

/// <summary>A part of a text that fills a pattern, by places of the text; <paramref name="End"/> is the first one after it.</summary>
internal readonly record struct PatternMatch(int Start, int End);

/// <summary>
/// Finds patterns in one text. A place of the pattern that failed at a place of the text is not tried there again, so the work is
/// bounded by their product, whatever the text.
/// </summary>
internal sealed class PatternMatcher(TaggedText text, Tags stop, Tags clause, Tags filler)
{
    private ulong[] failed = [];

    /// <summary>How often an item was tried at a place: the work done, for tests.</summary>
    internal int Steps { get; private set; }

    internal IEnumerable<PatternMatch> Find(Pattern pattern)
    {
        if (!pattern.MayBeIn(text))
        {
            yield break;
        }

        var size = ((2 * (pattern.Items.Count + 1) * (text.Count + 1)) + 63) / 64;
        if (failed.Length < size)
        {
            failed = new ulong[size];
        }
        else
        {
            Array.Clear(failed, 0, size);
        }

        for (var start = 0; start < text.Count;)
        {
            var end = Match(pattern, 0, start, start, solid: false);
            if (end > start)
            {
                yield return new PatternMatch(start, end);
            }

            start = Math.Max(end, start + 1);
        }
    }

    // The place after the match, or -1. Solid: a word of substance was read as it is written.
    private int Match(Pattern pattern, int item, int at, int start, bool solid)
    {
        if (item == pattern.Items.Count)
        {
            return solid ? at : -1;
        }

        var bit = (((2 * item) + (solid ? 1 : 0)) * (text.Count + 1)) + at;
        if ((failed[bit >> 6] & (1UL << (bit & 63))) != 0)
        {
            return -1;
        }

        Steps++;
        var end = Fill(pattern, item, at, start, solid);
        if (end < 0 && !text.StartsSentence(at))
        {
            // What fails where a sentence starts may hold for a match that starts there.
            failed[bit >> 6] |= 1UL << (bit & 63);
        }

        return end;
    }

    private int Fill(Pattern pattern, int item, int at, int start, bool solid)
    {
        var place = pattern.Items[item];
        switch (place.Kind)
        {
            case PatternItemKind.Start or PatternItemKind.End:
                return text.StartsSentence(at) ? Match(pattern, item + 1, at, start, solid) : -1;
            case PatternItemKind.Pause:
                return text.HasPause(at) ? Match(pattern, item + 1, at, start, solid) : -1;
            case PatternItemKind.Any:
                return CanRead(pattern, item, at, start) ? Match(pattern, item + 1, at + 1, start, solid) : -1;
            case PatternItemKind.Gap or PatternItemKind.Near or PatternItemKind.Filler:
                return FillGap(pattern, item, at, start, solid);
            default:
                var end = CanRead(pattern, item, at, start) ? FillWord(pattern, item, at, start, solid) : -1;
                return end < 0 && place.Optional ? Match(pattern, item + 1, at, start, solid) : end;
        }
    }

    private int FillWord(Pattern pattern, int item, int at, int start, bool solid)
    {
        var wanted = pattern.Items[item].Tags;
        var word = text[at];
        foreach (var (length, tags) in word.Phrases)
        {
            if (tags.Meets(wanted) && Match(pattern, item + 1, at + length, start, solid: true) is > 0 and var end)
            {
                return end;
            }
        }

        return word.Tags.Meets(wanted) ? Match(pattern, item + 1, at + 1, start, solid || (!word.IsRepaired && !word.Tags.Meets(filler))) : -1;
    }

    private int FillGap(Pattern pattern, int item, int at, int start, bool solid)
    {
        var gap = pattern.Items[item];
        for (var skipped = 0; ; skipped++)
        {
            if (Match(pattern, item + 1, at + skipped, start, solid) is > 0 and var end)
            {
                return end;
            }

            if (skipped == gap.Most || !CanRead(pattern, item, at + skipped, start) || !MayPass(gap.Kind, at + skipped))
            {
                return -1;
            }
        }
    }

    private bool MayPass(PatternItemKind gap, int at) => gap switch
    {
        PatternItemKind.Filler => text[at].Tags.Meets(filler),
        PatternItemKind.Near => !text[at].Tags.Meets(stop) && !text[at].Tags.Meets(clause) && !text.HasPause(at + 1),
        _ => !text[at].Tags.Meets(stop),
    };

    // A match goes on into another sentence only where the pattern says so.
    private bool CanRead(Pattern pattern, int item, int at, int start) =>
        at < text.Count && (at == start || !text.StartsSentence(at) || pattern.MayCrossBefore(item));
}
