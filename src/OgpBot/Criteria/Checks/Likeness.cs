using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>How alike two texts are: the share of their longer words that both have, whatever the endings and the order.</summary>
internal static class Likeness
{
    private const int ShortestWord = 4;

    // Endings differ (bache, baches, bacheo) where beginnings don't.
    private const int Beginning = 5;

    /// <returns>From 0, nothing in common, to 1.</returns>
    internal static double Of(string one, string other)
    {
        var (first, second) = (WordsOf(one), WordsOf(other));
        if (first.Count == 0 || second.Count == 0)
        {
            return 0;
        }

        var common = first.Count(second.Contains);
        return (double)common / (first.Count + second.Count - common);
    }

    private static HashSet<string> WordsOf(string text) =>
        [.. TextFold.Fold(text).Split(' ').Where(word => word.Length >= ShortestWord).Select(word => word[..Math.Min(word.Length, Beginning)])];
}
