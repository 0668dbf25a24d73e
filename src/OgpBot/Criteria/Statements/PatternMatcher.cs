namespace OgpBot.Criteria.Statements;

/// <summary>A part of a text that fills a pattern, by places of the text; <paramref name="End"/> is the first one after it.</summary>
internal readonly record struct PatternMatch(int Start, int End);

/// <summary>
/// Finds patterns in one text. A place of the pattern that failed at a place of the text is not tried there again, so the work is
/// bounded by their product, whatever the text.
/// </summary>
internal sealed class PatternMatcher(TaggedText text, int stop, int clause, int filler)
{
    private const int States = 3;

    private ulong[] failed = [];

    /// <summary>How often an item was tried at a place: the work done, for tests.</summary>
    internal int Steps { get; private set; }

    internal IEnumerable<PatternMatch> Find(Pattern pattern)
    {
        if (!pattern.MayBeIn(text.All))
        {
            return [];
        }

        Forget(pattern);
        var found = new List<PatternMatch>();
        foreach (var (start, end, words) in text.Sentences)
        {
            if (pattern.Crosses || pattern.MayBeIn(words))
            {
                Find(pattern, start, end, found);
            }
        }

        return found;
    }

    private void Forget(Pattern pattern)
    {
        var size = ((States * (pattern.Items.Count + 1) * (text.Count + 1)) + 63) / 64;
        if (failed.Length < size)
        {
            failed = new ulong[size];
        }
        else
        {
            Array.Clear(failed, 0, size);
        }
    }

    private void Find(Pattern pattern, int from, int to, List<PatternMatch> found)
    {
        for (var start = from; start < to;)
        {
            var end = Match(pattern, 0, start, start, Reading.Nothing);
            if (end > start)
            {
                found.Add(new PatternMatch(start, end));
            }

            start = Math.Max(end, start + 1);
        }
    }

    // The place after the match, or -1.
    private int Match(Pattern pattern, int item, int at, int start, Reading read)
    {
        if (item == pattern.Items.Count)
        {
            return read == Reading.Repaired ? -1 : at;
        }

        var bit = (((States * item) + (int)read) * (text.Count + 1)) + at;
        if ((failed[bit >> 6] & (1UL << (bit & 63))) != 0)
        {
            return -1;
        }

        Steps++;
        var end = Fill(pattern, item, at, start, read);
        if (end < 0 && !text.StartsSentence(at))
        {
            // What fails where a sentence starts may hold for a match that starts there.
            failed[bit >> 6] |= 1UL << (bit & 63);
        }

        return end;
    }

    private int Fill(Pattern pattern, int item, int at, int start, Reading read)
    {
        var place = pattern.Items[item];
        switch (place.Kind)
        {
            case PatternItemKind.Start or PatternItemKind.End:
                return text.StartsSentence(at) ? Match(pattern, item + 1, at, start, read) : -1;
            case PatternItemKind.Pause:
                return text.HasPause(at) ? Match(pattern, item + 1, at, start, read) : -1;
            case PatternItemKind.Any:
                return CanRead(pattern, item, at, start) ? Match(pattern, item + 1, at + 1, start, read) : -1;
            case PatternItemKind.Gap or PatternItemKind.Near or PatternItemKind.Filler:
                return FillGap(pattern, item, at, start, read);
            default:
                var end = CanRead(pattern, item, at, start) ? FillWord(pattern, item, at, start, read) : -1;
                return end < 0 && place.Optional ? Match(pattern, item + 1, at, start, read) : end;
        }
    }

    private int FillWord(Pattern pattern, int item, int at, int start, Reading read)
    {
        var wanted = pattern.Items[item].Tags;
        var word = text[at];
        foreach (var (length, tags) in word.Phrases)
        {
            if (tags.HasAny(wanted) && Match(pattern, item + 1, at + length, start, Reading.Solid) is > 0 and var end)
            {
                return end;
            }
        }

        return word.Tags.HasAny(wanted) ? Match(pattern, item + 1, at + 1, start, After(read, word)) : -1;
    }

    private int FillGap(Pattern pattern, int item, int at, int start, Reading read)
    {
        var gap = pattern.Items[item];
        for (var skipped = 0; ; skipped++)
        {
            if (Match(pattern, item + 1, at, start, read) is > 0 and var end)
            {
                return end;
            }

            if (skipped == gap.Most || !CanRead(pattern, item, at, start) || !MayPass(gap.Kind, at))
            {
                return -1;
            }

            at += gap.Kind == PatternItemKind.Filler ? LengthOfFiller(at) : 1;
        }
    }

    private bool MayPass(PatternItemKind gap, int at) => gap switch
    {
        PatternItemKind.Filler => LengthOfFiller(at) > 0,
        PatternItemKind.Near => !text[at].Tags.Has(stop) && !text[at].Tags.Has(clause) && !text.HasPause(at + 1),
        _ => !text[at].Tags.Has(stop),
    };

    // A phrase such as "bola de" counts as one word.
    private int LengthOfFiller(int at)
    {
        foreach (var (length, tags) in text[at].Phrases)
        {
            if (tags.Has(filler))
            {
                return length;
            }
        }

        return text[at].Tags.Has(filler) ? 1 : 0;
    }

    private Reading After(Reading read, TaggedText.Place word) => word switch
    {
        { IsRepaired: true } => read == Reading.Solid ? read : Reading.Repaired,
        _ when word.Tags.Has(filler) => read,
        _ => Reading.Solid,
    };

    // A match goes on into another sentence only where the pattern says so.
    private bool CanRead(Pattern pattern, int item, int at, int start) =>
        at < text.Count && (at == start || !text.StartsSentence(at) || pattern.MayCrossBefore(item));

    /// <summary>What a match has read so far. One of repaired words alone is none.</summary>
    private enum Reading
    {
        Nothing = 0,
        Repaired,
        Solid,
    }
}
