using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Deciding;

/// <summary>A text cut into pieces, so that words that a check marked can be shown as such.</summary>
internal static class MarkedText
{
    /// <summary>The pieces in their order. Places that no longer fit the text are left out.</summary>
    internal static IReadOnlyList<(string Text, bool IsMarked)> Cut(string text, IEnumerable<ReviewMark> marks)
    {
        var pieces = new List<(string, bool)>();
        var done = 0;
        foreach (var (begin, end) in marks.SelectMany(mark => mark.Places).Where(place => place.Begin >= 0 && place.Begin < place.End && place.End <= text.Length).Order())
        {
            if (end <= done)
            {
                continue;
            }

            var from = Math.Max(begin, done);
            if (from > done)
            {
                pieces.Add((text[done..from], false));
            }

            pieces.Add((text[from..end], true));
            done = end;
        }

        return done < text.Length ? [.. pieces, (text[done..], false)] : pieces;
    }
}
