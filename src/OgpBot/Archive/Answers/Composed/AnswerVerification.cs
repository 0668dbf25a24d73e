using System.Text.RegularExpressions;
using OgpBot.Dialogs;
using OgpBot.Llm;

namespace OgpBot.Archive.Answers.Composed;

/// <summary>
/// The rules that each sentence of a model's answer must pass before anyone reads it. Nothing is taken on trust: each sentence names a source of this
/// request, and that source must hold what the sentence says.
/// </summary>
internal sealed partial class AnswerVerification(Lazy<ShippedArchive> shipped, Lazy<VerificationWords> words, Lazy<VerifiableFacts> facts)
{
    internal const int MostSentences = 4;
    internal const int LongestSentence = 320;
    internal const int LongestAnswer = 700;

    // Fewer words may stand anywhere.
    private const int FewestQuoted = 3;

    // Of what a sentence says, so much must be in its source or in the question. English words are known to the lexicon only in part.
    private const double LeastGrounded = 0.6;
    private const double LeastGroundedElsewhere = 0.35;

    /// <summary>Judges an answer.</summary>
    /// <param name="sources">Those of this request, by their tokens.</param>
    /// <returns>The name of the rule that it breaks; null: none.</returns>
    internal string? BrokenRule(AnswerReply reply, Question question, IReadOnlyDictionary<string, AnswerSource> sources)
    {
        if (reply.Sentences.Count > MostSentences || reply.Sentences.Sum(sentence => sentence.Text.Length) > LongestAnswer)
        {
            return "length";
        }

        foreach (var sentence in reply.Sentences)
        {
            if (!sources.TryGetValue(sentence.Source, out var source))
            {
                return "token";
            }

            (string Name, bool Holds)[] rules =
            [
                ("length", sentence.Text.Length is > 0 and <= LongestSentence),
                ("markup", !VerifiableFacts.HasMarkup(sentence.Text)),
                ("quote", IsQuoted(sentence.Quote, source)),
                ("spans", Spans().Matches(sentence.Text).All(span => source.All.Contains(span.Groups["words"].Value, StringComparison.Ordinal))),
                ("particulars", facts.Value.NotIn(sentence.Text, source.All).Count == 0),
                ("instructions", !words.Value.HoldsInstructions(source.Text) && !words.Value.HoldsInstructions(sentence.Text)),
                ("votes", !words.Value.TellsHowToVote(sentence.Text)),
                ("grounds", IsGrounded(sentence.Text, question, source)),
                ("question", MayAnswer(question, source.All)),
            ];
            if (rules.FirstOrDefault(rule => !rule.Holds).Name is { } broken)
            {
                return broken;
            }
        }

        return words.Value.LanguagesOf(string.Join(' ', reply.Sentences.Select(sentence => sentence.Text))).Contains(question.Language) ? null : "language";
    }

    private static bool IsQuoted(string quote, AnswerSource source) =>
        quote.Length <= Quotes.Longest && TextFold.Fold(quote).Split(' ').Length >= FewestQuoted && source.Text.Contains(quote, StringComparison.Ordinal);

    private bool IsGrounded(string sentence, Question question, AnswerSource source)
    {
        var (lexicon, isEnglish) = (shipped.Value.Lexicon, question.Language == "en");
        var terms = lexicon.TermsOf(sentence, isEnglish).Distinct().ToList();
        var grounds = lexicon.TermsOf(source.All).Concat(lexicon.TermsOf(source.Lead, isEnglish)).Concat(question.Terms).ToHashSet();
        return terms.Count(grounds.Contains) >= (question.Language == LocalizedText.DefaultLanguage ? LeastGrounded : LeastGroundedElsewhere) * terms.Count;
    }

    // It has what such a question asks for, and the number and the decisive word that it names.
    private bool MayAnswer(Question question, string text)
    {
        var lexicon = shipped.Value.Lexicon;
        var terms = lexicon.TermsOf(text).ToHashSet();
        return question.MayBeAnsweredBy(text) && question.Terms.Where(term => lexicon.IsDecisive(term) || question.Capitals.Contains(term)).All(terms.Contains);
    }

    // What stands between quotation marks of any kind.
    [GeneratedRegex("""[«“"„‘](?<words>[^«»“”"„‘’]+)[»”"“’]""")]
    private static partial Regex Spans();
}
