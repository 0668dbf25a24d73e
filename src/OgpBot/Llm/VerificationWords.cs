using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Llm;

/// <summary>Word lists and patterns by which replies are checked: <c>prompts/verification/words.yaml</c>.</summary>
internal sealed class VerificationWords
{
    private const string File = "words.yaml";

    // This share of a text's words must be function words of its language.
    private const double LeastShare = 0.15;

    // A reply is short: a pattern that takes longer is a mistake in the data, and the reply is refused.
    // (The regex engine without backtracking would need much memory.)
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
        var file = DataNode.Read(Path.Combine(directory, "verification", File), File, problems)
            .Only("languages", "openers", "numbers", "votes", "instructions");
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

    /// <summary>Whether a text gives instructions to the model.</summary>
    internal bool HoldsInstructions(string text) => Matches(instructions, text);

    /// <summary>The languages that a text may be in, such as <c>es</c>: those with the most function words in it.</summary>
    /// <returns>Several where the count is equal; none where the text has too few function words.</returns>
    internal IReadOnlyList<string> LanguagesOf(string text)
    {
        var written = TextFold.Fold(text).Split(' ');
        var counts = languages.Select(language => (Language: language.Key, Count: written.Count(language.Value.Contains))).ToList();
        var most = counts.Max(language => language.Count);
        return most >= LeastShare * written.Length ? [.. counts.Where(language => language.Count == most).Select(language => language.Language)] : [];
    }

    /// <summary>Whether a word often begins a sentence. Then its capital letter does not make it a name.</summary>
    internal bool MayBegin(string folded) => openers.Contains(folded) || languages.Values.Any(words => words.Contains(folded));

    /// <summary>The digits of a number word; null: the word is no number.</summary>
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
