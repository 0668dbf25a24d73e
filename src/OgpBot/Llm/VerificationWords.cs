using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Llm;

/// <summary>The words by which replies are judged, of <c>prompts/verification/words.yaml</c>.</summary>
internal sealed class VerificationWords
{
    private const string File = "words.yaml";

    // Of a text's words, at least so many must be small words of its language.
    private const double LeastShare = 0.15;

    // A reply is short; a pattern that takes longer is a mistake in the data, and then refuses. (The engine without backtracking would need much memory.)
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, HashSet<string>> languages = [];
    private readonly HashSet<string> openers = [];
    private readonly Dictionary<string, string> numbers = [];
    private readonly List<Regex> votes = [];
    private readonly List<Regex> instructions = [];

    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    internal static VerificationWords Load(string directory)
    {
        var problems = new List<DataProblem>();
        var file = DataNode.Read(Path.Combine(directory, "verification", File), File, problems).Only("languages", "openers", "numbers", "votes", "instructions");
        var words = new VerificationWords();
        foreach (var (language, node) in file["languages"].Entries)
        {
            words.languages[language] = [.. Split(node)];
        }

        words.openers.UnionWith(file["openers"].Entries.SelectMany(entry => Split(entry.Value)));
        foreach (var (number, node) in file["numbers"].Entries)
        {
            foreach (var word in Split(node))
            {
                words.numbers[word] = number;
            }
        }

        words.votes.AddRange(file["votes"].Items.Select(ReadPattern).OfType<Regex>());
        words.instructions.AddRange(file["instructions"].Items.Select(ReadPattern).OfType<Regex>());
        return problems.Count == 0 ? words : throw new DataException(problems);
    }

    /// <summary>Whether a text tells how to vote.</summary>
    internal bool TellsHowToVote(string text) => Matches(votes, text);

    /// <summary>Whether a text speaks to the program that reads it.</summary>
    internal bool HoldsInstructions(string text) => Matches(instructions, text);

    /// <summary>The text's language, such as <c>es</c>; more than one where its small words do not tell, none where it has none.</summary>
    internal IReadOnlyList<string> LanguagesOf(string text)
    {
        var written = TextFold.Fold(text).Split(' ');
        var counts = languages.Select(language => (Language: language.Key, Count: written.Count(language.Value.Contains))).ToList();
        var most = counts.Max(language => language.Count);
        return most >= LeastShare * written.Length ? [.. counts.Where(language => language.Count == most).Select(language => language.Language)] : [];
    }

    /// <summary>Whether a word at the beginning of a sentence is no name.</summary>
    internal bool MayBegin(string folded) => openers.Contains(folded) || languages.Values.Any(words => words.Contains(folded));

    /// <summary>The digits of a number in words; null: it is none.</summary>
    internal string? NumberOf(string folded) => numbers.GetValueOrDefault(folded);

    private static bool Matches(List<Regex> patterns, string text)
    {
        var folded = TextFold.Fold(text);
        try
        {
            return patterns.Exists(pattern => pattern.IsMatch(folded));
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static Regex? ReadPattern(DataNode node)
    {
        node.Only("match", "why").Required("why");
        try
        {
            return new Regex(node.Required("match"), RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (ArgumentException error)
        {
            node["match"].Report($"`match` is no regular expression that can be used here: {error.Message}");
            return null;
        }
    }

    private static string[] Split(DataNode node) => TextFold.Fold(node.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
