using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>
/// Recognises what is no question for the archive, before anything is searched: a greeting, a question for an opinion or for private data, an attempt to
/// change the rules, another subject. The patterns of <c>archive/recognise.yaml</c> are matched with the folded text.
/// </summary>
internal sealed class QuestionClassifier
{
    private static readonly (string Key, AnswerStatus Status)[] Known =
    [
        ("rules", AnswerStatus.RefusedRules),
        ("private", AnswerStatus.RefusedPrivate),
        ("opinion", AnswerStatus.RefusedOpinion),
        ("greeting", AnswerStatus.Greeting),
        ("about_bot", AnswerStatus.AboutBot),
        ("off_topic", AnswerStatus.OffTopic),
    ];

    // A question is short; a pattern that takes longer is a mistake in the data, and then recognises nothing. (The engine without backtracking needs no
    // limit, but some 80 MB for these patterns.)
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    private readonly List<(AnswerStatus Status, Regex Pattern, Regex? Unless)> patterns = [];

    internal static QuestionClassifier Read(DataNode file)
    {
        var recogniser = new QuestionClassifier();
        file.Only(Known.Select(known => known.Key));
        foreach (var (key, status) in Known)
        {
            foreach (var node in file[key].Items)
            {
                node.Only("match", "unless", "why").Required("why");
                if (Compile(node, "match") is { } match)
                {
                    recogniser.patterns.Add((status, match, node["unless"].Exists ? Compile(node, "unless") : null));
                }
            }
        }

        return recogniser;
    }

    /// <summary>Null: a question that the archive may answer.</summary>
    internal AnswerStatus? Recognise(Question question)
    {
        var text = TextFold.Fold(question.Text);
        var careful = string.Join(' ', question.Words);
        foreach (var (status, pattern, unless) in patterns)
        {
            if ((Matches(pattern, text) || Matches(pattern, careful)) && !Matches(unless, text) && !Matches(unless, careful))
            {
                return status;
            }
        }

        return null;
    }

    private static bool Matches(Regex? pattern, string text)
    {
        try
        {
            return pattern?.IsMatch(text) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? Compile(DataNode node, string key)
    {
        try
        {
            return new Regex(node.Required(key), RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (ArgumentException error)
        {
            node[key].Report($"`{key}` is no regular expression that can be used here: {error.Message}");
            return null;
        }
    }
}
