using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Search;

/// <summary>Finds words that are written as names: with a capital where no sentence begins.</summary>
internal static partial class ProperNames
{
    /// <summary>Folded.</summary>
    internal static IEnumerable<string> In(string text) => Capitalised().Matches(text).Select(match => TextFold.Fold(match.Value));

    /// <summary>Of all words of texts, those that are nearly always written so.</summary>
    internal static IReadOnlySet<string> Of(IReadOnlyList<string> texts)
    {
        const double NearlyAlways = 0.8;
        var names = texts.SelectMany(In).GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        var all = texts.SelectMany(text => TextFold.Fold(text).Split(' ')).Where(names.ContainsKey).GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        return names.Where(name => name.Key.Length > 2 && name.Value >= NearlyAlways * all.GetValueOrDefault(name.Key, name.Value)).Select(name => name.Key).ToHashSet();
    }

    [GeneratedRegex(@"(?<=[\p{Ll}\p{Lu}\d,;)] )\p{Lu}[\p{L}]+")]
    private static partial Regex Capitalised();
}
