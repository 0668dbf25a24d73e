using System.Text.Json;
using OgpBot.Archive.Answers.Composed;
using OgpBot.Criteria.Reading;
using OgpBot.Dialogs;
using OgpBot.Llm;

namespace OgpBot.Archive.Answers;

/// <summary>
/// How a question becomes an answer: two lists of steps, each read from the top. The first finds an answer in the archive without a language model. The
/// second is for a question in a conversation, and its last steps are the model's. Each answer says where it stands.
/// </summary>
internal sealed class AnswerPipeline(
    Lazy<DialogLibrary> library, Lazy<ShippedArchive> shipped, ArchiveIndex index, ArchiveReader reader, Citations citations, QuestionRephraser rephraser, AnswerComposer composer,
    RedactedText redacted)
{
    /// <summary>Characters of a question.</summary>
    public const int LongestQuestion = 500;

    private const int MostSearched = 3;
    private const int MostPassages = 24;

    // Below, a fact is no answer; a second one is told where it fits nearly as well.
    private const double FactFits = 0.46;
    private const double LeastCoverage = 0.25;
    private const double NearlyAsWell = 0.86;
    private const int MostFacts = 2;

    // What a word counts that stands in the sentence before, or in the heading.
    private const double ShareOfNeighbour = 0.7;

    // A sentence of the archive answers where it has this share of what was asked for.
    private const double SentenceFits = 0.72;

    // A fact that fits so well was written by people for just this question; its lead has the nuance.
    private const double FactIsSure = 0.8;

    // More words than these stand alone.
    private const int LongestFollowUp = 6;
    private const int LongestToRephrase = 14;

    // With fewer that carry something it leans on the one before, though a fact may happen to fit.
    private const int FewestTerms = 2;

    // The first step that answers ends them; the last always does.
    private Func<Lookup, Answer?>[] InTheArchive => [NothingAsked, Recognised, FromFacts, FromPassages, NotFound];

    // Each step may better the answer of those before it. Rephrased and Composed ask the language model, where there is one and it may help.
    private Func<Exchange, CancellationToken, ValueTask>[] InAConversation => [AsItStands, WithTheOneBefore, Rephrased, Composed];

    /// <summary>The texts that answers are made of.</summary>
    internal static IEnumerable<string> TextKeys =>
        Enum.GetValues<AnswerStatus>().Except([AnswerStatus.Answered, AnswerStatus.Partial]).Select(status => $"answer.{NameOf(status)}").Concat(Citations.TextKeys);

    /// <summary>Answers from the archive alone, or says why not.</summary>
    /// <param name="most">How many facts it may tell.</param>
    public Answer Answer(string text, string language, int most = MostFacts)
    {
        var current = index.Current;
        var known = library.Value.Texts.ContainsKey(language) ? language : LocalizedText.DefaultLanguage;
        var lookup = new Lookup(Question.Read(text.Trim(), known, shipped.Value.Lexicon, current.Facts.Value.Spelling), current, most);
        return InTheArchive.Select(step => step(lookup)).First(answer => answer is not null)!;
    }

    /// <summary>Answers a question that may go on with the one before, with the language model where there is one.</summary>
    /// <param name="before">The question before, as it was understood; empty: none.</param>
    /// <param name="slots">Contact data among them are masked in what is sent.</param>
    /// <param name="turn">Null: the model is off.</param>
    /// <returns>The answer, and the question that it answers.</returns>
    internal async ValueTask<(string Question, Answer Answer)> AnswerAsync(
        string question, string before, string language, IReadOnlyDictionary<string, string> slots, ModelSession? turn, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(question, before, language, text => redacted.Of(text, language, slots), turn);
        foreach (var step in InAConversation)
        {
            await step(exchange, cancellationToken);
        }

        return exchange.Best;
    }

    /// <summary>A status as data name it, such as <c>not_found</c>.</summary>
    internal static string NameOf(AnswerStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    private Answer? NothingAsked(Lookup lookup) => lookup.Question.Terms.Count == 0 && Recognised(lookup) is null ? NotFound(lookup) : null;

    private Answer? Recognised(Lookup lookup) =>
        shipped.Value.QuestionClassifier.Recognise(lookup.Question) is { } status ? new Answer(status, TextOf(lookup, status), []) : null;

    private Answer? FromFacts(Lookup lookup)
    {
        var language = lookup.Question.Language;
        var found = lookup.Facts.Find(lookup.Question, MostSearched);
        if (found.Count == 0 || found[0].Score < FactFits || found[0].Coverage < LeastCoverage)
        {
            return null;
        }

        var best = found[0].Fact;
        if (best.Kind == FactKind.Gap)
        {
            return new Answer(AnswerStatus.NotFound, $"{best.Lead.In(language)}\n{TextOf(lookup, AnswerStatus.NotFound)}", []) { Fit = found[0].Score };
        }

        // A second one, where the question may as well have meant that. Leads come first, then the sentences.
        var told = found.Where(match => match.Fact.Kind != FactKind.Gap && match.Score >= NearlyAsWell * found[0].Score)
            .Take(lookup.MostFacts).Select(match => match.Fact).ToList();
        var sources = told.SelectMany(fact => citations.Of(fact, lookup.Index.Added, language)).DistinctBy(citation => citation.Quote);
        return citations.Answer(string.Join("\n", told.Select(fact => fact.Lead.In(language))), sources, language) with { Fit = found[0].Score };
    }

    // The sentence of a passage, with its neighbours, that has most of what was asked for.
    private Answer? FromPassages(Lookup lookup)
    {
        var question = lookup.Question;
        if (question.Terms.Count < 2)
        {
            return null;
        }

        var sentences = reader.Search(question.Terms, MostPassages)
            .SelectMany(passage => SentencesOf(lookup, new IndexedSentences(passage.Section, passage.Text, shipped.Value.Lexicon))
                .Select(sentence => (sentence.Fit, Citation: Citations.Of(new FoundSentence(passage, sentence.Text), question.Words))))
            .Concat(lookup.Index.Cards.Value.SelectMany(card => SentencesOf(lookup, card.Sentences)
                .Select(sentence => (sentence.Fit, Citation: citations.Of(card.Card, sentence.Text, question.Language)))));
        var (fit, citation) = sentences.DefaultIfEmpty().MaxBy(sentence => sentence.Fit);
        return citation is null || fit < SentenceFits ? null : citations.Answer(citation, question.Language);
    }

    private IEnumerable<(double Fit, string Text)> SentencesOf(Lookup lookup, IndexedSentences read)
    {
        var question = lookup.Question;
        var all = question.Terms.Sum(lookup.Facts.WeightOf);
        for (var at = 0; at < read.Texts.Count; at++)
        {
            var fit = question.Terms.Sum(term => lookup.Facts.WeightOf(term)
                * (read.Terms[at].Contains(term) ? 1 : (at > 0 && read.Terms[at - 1].Contains(term)) || read.Heading.Contains(term) ? ShareOfNeighbour : 0)) / all;
            if (fit >= SentenceFits && question.MayBeAnsweredBy(read.Texts[at])
                && !question.Terms.Any(term => shipped.Value.Lexicon.IsDecisive(term) && !read.Terms[at].Contains(term)))
            {
                yield return (fit, read.Texts[at]);
            }
        }
    }

    private Answer NotFound(Lookup lookup) => new(AnswerStatus.NotFound, TextOf(lookup, AnswerStatus.NotFound), []);

    private string TextOf(Lookup lookup, AnswerStatus status) => library.Value.Render($"answer.{NameOf(status)}", lookup.Question.Language);

    private ValueTask AsItStands(Exchange exchange, CancellationToken cancellationToken)
    {
        var answer = Answer(exchange.Asked, exchange.Language);
        exchange.Best = (exchange.Asked, answer);
        exchange.Leans = exchange.Before.Length > 0 && exchange.Asked.Split(' ').Length <= LongestToRephrase
            && (answer.Fit < FactIsSure || index.Read(exchange.Asked, exchange.Language).Terms.Count < FewestTerms);
        exchange.ModelMayHelp = answer.Status is AnswerStatus.NotFound or AnswerStatus.Answered or AnswerStatus.Partial && (answer.Fit < FactIsSure || exchange.Leans);
        return ValueTask.CompletedTask;
    }

    // A short one that finds nothing may go on with the one before, so both are tried together.
    private ValueTask WithTheOneBefore(Exchange exchange, CancellationToken cancellationToken)
    {
        var together = $"{exchange.Before} {exchange.Asked}";
        if (exchange.Best.Answer.Status == AnswerStatus.NotFound && exchange.Before.Length > 0 && exchange.Asked.Split(' ').Length <= LongestFollowUp
            && Answer(together, exchange.Language) is { Abstained: false } answer)
        {
            exchange.Best = (together, answer);
        }

        return ValueTask.CompletedTask;
    }

    // The model puts the question so that it stands alone, and that is looked up.
    private async ValueTask Rephrased(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange is { Turn: { } turn, ModelMayHelp: true, Leans: true }
            && await rephraser.RephraseAsync(exchange.Redact(exchange.Asked), exchange.Redact(exchange.Before), exchange.Language, turn, cancellationToken) is { } rephrased)
        {
            exchange.Wording = rephrased;
            var answer = Answer(rephrased, exchange.Language);
            exchange.Best = answer.Fit >= FactIsSure || !answer.Abstained ? (rephrased, answer) : exchange.Best;
        }
    }

    // The model says in a few sentences what passages of the archive say, where no fact of ours fits well.
    private async ValueTask Composed(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange is { Turn: { } turn, ModelMayHelp: true } && exchange.Best.Answer.Fit < FactIsSure
            && await composer.ComposeAsync(exchange.Wording, exchange.Redact(exchange.Wording), exchange.Language, turn, cancellationToken) is { } composed)
        {
            exchange.Best = (exchange.Wording, composed);
        }
    }

    private sealed record Lookup(Question Question, IndexedArchive Index, int MostFacts)
    {
        internal FactIndex Facts => Index.Facts.Value;
    }

    private sealed record Exchange(string Asked, string Before, string Language, Func<string, string> Redact, ModelSession? Turn)
    {
        /// <summary>The answer so far, and the question that it answers.</summary>
        internal (string Question, Answer Answer) Best { get; set; }

        /// <summary>The question as the model put it; as it was asked where it did not.</summary>
        internal string Wording { get; set; } = Asked;

        /// <summary>Whether the question may need the one before to be understood.</summary>
        internal bool Leans { get; set; }

        internal bool ModelMayHelp { get; set; }
    }
}
