using System.Text;
using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>
/// Finds personal data that have a form, such as a phone number, by regular expressions of a data file. They run without backtracking, so that no text
/// can make one slow.
/// </summary>
internal sealed class PatternsCheck(Criterion criterion) : ICriterionCheck
{
    private const string Data = "data";

    private readonly List<Pattern> patterns = [];
    private readonly List<string> publicWords = [];

    internal static PatternsCheck Read(Criterion criterion, DataNode file)
    {
        var check = new PatternsCheck(criterion);
        file.Only("patterns", "public");
        foreach (var node in file["patterns"].Items)
        {
            node.Only("id", "match", "mask", "notBefore", "why").Required("why");
            try
            {
                check.patterns.Add(new Pattern(
                    node.Required("id"),
                    new Regex(node.Required("match"), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
                    LocalizedText.Read(node["mask"]),
                    [.. node.Texts("notBefore").Select(TextFold.Fold)]));
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                node["match"].Report($"`match` is no regular expression that can be used here: {error.Message}");
            }
        }

        foreach (var node in file["public"].Items)
        {
            node.Only("words", "why").Required("why");
            check.publicWords.AddRange(node.Texts("words"));
        }

        return check;
    }

    public CriterionResult Check(CheckedText text, CheckContext context)
    {
        var found = Find(text.Text);
        return found.Count > 0
            ? CriterionResult.Doubt(criterion, 0.9, [.. found.Select(part => text.Span(part.Start, part.End))])
            : CriterionResult.Met(criterion, 0.9);
    }

    /// <summary>The text with what was found behind masks.</summary>
    internal string Mask(string text, string language)
    {
        var masked = new StringBuilder();
        var at = 0;
        foreach (var (start, end, mask) in Find(text))
        {
            masked.Append(text, at, start - at).Append(mask.In(language));
            at = end;
        }

        return masked.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The first part of a text that the pattern of this name finds, or null.</summary>
    internal string? First(string pattern, string text) =>
        patterns.Where(known => known.Id == pattern).Select(known => known.Regex.Match(text)).Where(match => match.Success)
            .Select(match => match.Groups[Data] is { Success: true } data ? data.Value : match.Value).FirstOrDefault();

    private List<(int Start, int End, LocalizedText Mask)> Find(string text)
    {
        var found = new List<(int Start, int End, LocalizedText Mask)>();
        foreach (var pattern in patterns)
        {
            foreach (Match match in pattern.Regex.Matches(text))
            {
                var part = match.Groups[Data] is { Success: true } data ? data : match;
                var overlaps = found.Any(other => part.Index < other.End && other.Start < part.Index + part.Length);
                if (!overlaps && !IsPublic(part.Value) && !pattern.NotBefore.Contains(WordAfter(text, part.Index + part.Length)))
                {
                    found.Add((part.Index, part.Index + part.Length, pattern.Mask));
                }
            }
        }

        found.Sort((one, other) => one.Start.CompareTo(other.Start));
        return found;
    }

    private bool IsPublic(string value)
    {
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        return publicWords.Any(word =>
            word.All(char.IsAsciiDigit) ? digits.EndsWith(word, StringComparison.Ordinal) : value.EndsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string WordAfter(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return TextFold.Fold(text[at..end]);
    }

    private sealed record Pattern(string Id, Regex Regex, LocalizedText Mask, IReadOnlyList<string> NotBefore);
}
