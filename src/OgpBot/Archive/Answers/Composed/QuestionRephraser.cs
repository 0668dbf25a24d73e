using System.Text.Json.Nodes;
using OgpBot.Llm;

namespace OgpBot.Archive.Answers.Composed;

/// <summary>
/// Lets a language model put a question that goes on with the one before («¿y la segunda?») so that it stands alone. Nothing but the two is sent.
/// </summary>
internal sealed class QuestionRephraser(
    Lazy<ShippedArchive> shipped, ArchiveIndex index, Lazy<VerificationWords> words, Lazy<VerifiableFacts> facts)
{
    internal static readonly PromptContract Prompt = new("rephrase-question", "language");

    private const int Longest = 300;
    private const double LeastKnown = 0.6;

    /// <param name="asked">The question as it may be sent.</param>
    /// <param name="before">The one before, likewise.</param>
    /// <returns>Null: there is none that holds.</returns>
    internal async Task<string?> RephraseAsync(string asked, string before, string language, ModelSession turn, CancellationToken cancellationToken)
    {
        var data = new JsonObject { ["before"] = before, ["question"] = asked };
        var values = new Dictionary<string, string> { ["language"] = language };
        var reply = await turn.AskAsync(Prompt, values, data, AnswerReplyJson.Strict.QuestionReply, cancellationToken);
        return reply?.Question.Trim() is { Length: > 0 and <= Longest } question && question != asked && Holds(question, $"{before} {asked}", language)
            ? question
            : null;
    }

    // It may only say again what was said, and be a question that we answer.
    private bool Holds(string question, string said, string language)
    {
        var read = index.Read(question, language);
        var known = index.Read(said, language).Terms.ToHashSet();
        return !VerifiableFacts.HasMarkup(question)
            && facts.Value.NotIn(question, said).Count == 0
            && read.Terms.Count(known.Contains) >= LeastKnown * read.Terms.Count
            && words.Value.LanguagesOf(question).Contains(language)
            && shipped.Value.QuestionClassifier.Recognise(read) is null;
    }
}
