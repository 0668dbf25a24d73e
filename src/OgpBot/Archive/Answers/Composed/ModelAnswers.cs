using OgpBot.Criteria.Reading;
using OgpBot.Llm;

namespace OgpBot.Archive.Answers.Composed;

/// <summary>
/// Answers with a language model where there is one. The answer without it is made first and stands unless a better one was verified: a follow-up that
/// is put to stand alone, or sentences composed of passages where no fact of ours fits well. What is recognised as no question for the archive never
/// reaches it.
/// </summary>
internal sealed class ModelAnswers(AnswerPipeline pipeline, LanguageModel model, FollowUp followUp, Composer composer, SafeText safe)
{
    // A fact that fits so well was written by people for just this question; its lead has the nuance.
    private const double FactIsSure = 0.8;

    // More words than these stand alone.
    private const int LongestFollowUp = 6;
    private const int LongestToRephrase = 14;

    // With fewer that carry something it leans on the one before, though a fact may happen to fit.
    private const int FewestTerms = 2;

    /// <param name="before">The question before, as it was understood; empty: none.</param>
    /// <param name="slots">Contact data among them are masked in what is sent.</param>
    /// <returns>The answer, and the question that it answers.</returns>
    internal async ValueTask<(string Question, Answer Answer)> AnswerAsync(
        string question, string before, string language, IReadOnlyDictionary<string, string> slots, ModelSession? turn, CancellationToken cancellationToken)
    {
        var alone = pipeline.Answer(question, language);
        var offline = Offline(question, before, alone, language);
        var leans = before.Length > 0 && question.Split(' ').Length <= LongestToRephrase
            && (alone.Fit < FactIsSure || pipeline.Read(question, language).Terms.Count < FewestTerms);
        if (turn is null || alone.Status is not (AnswerStatus.NotFound or AnswerStatus.Answered or AnswerStatus.Partial) || (alone.Fit >= FactIsSure && !leans))
        {
            return offline;
        }

        var asked = question;
        if (leans && await followUp.RephraseAsync(safe.Of(question, language, slots), safe.Of(before, language, slots), language, turn, cancellationToken) is { } rephrased)
        {
            asked = rephrased;
            var answer = pipeline.Answer(rephrased, language);
            if (answer.Fit >= FactIsSure)
            {
                return (rephrased, answer);
            }

            offline = answer.Abstained ? offline : (rephrased, answer);
        }

        if (offline.Answer.Fit >= FactIsSure)
        {
            return offline;
        }

        return await composer.ComposeAsync(asked, safe.Of(asked, language, slots), language, turn, cancellationToken) is { } composed ? (asked, composed) : offline;
    }

    /// <summary>The model for one question; null: it is off.</summary>
    internal ModelSession? Begin(string? citizen) => model.Begin(citizen);

    // A short one that finds nothing may go on with the one before, so both are tried together.
    private (string Question, Answer Answer) Offline(string question, string before, Answer alone, string language)
    {
        if (alone.Status != AnswerStatus.NotFound || before.Length == 0 || question.Split(' ').Length > LongestFollowUp)
        {
            return (question, alone);
        }

        var together = $"{before} {question}";
        var followed = pipeline.Answer(together, language);
        return followed.Abstained ? (question, alone) : (together, followed);
    }
}
