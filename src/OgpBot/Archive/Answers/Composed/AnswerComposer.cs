using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OgpBot.Llm;

namespace OgpBot.Archive.Answers.Composed;

/// <summary>
/// Lets a language model say in a few sentences what passages of the archive say. Each passage has a token that is drawn for this request. The model writes
/// no links: the sources shown are the archive's own words.
/// </summary>
internal sealed partial class AnswerComposer(
    ArchiveIndex index, ArchiveReader reader, Citations citations, AnswerVerification verification, ILogger<AnswerComposer> logger)
{
    internal static readonly PromptContract Prompt = new("answer-question", "language");

    // What it may choose from.
    private const int MostFacts = 6;
    private const int MostPassages = 4;

    /// <param name="safe">The question as it may be sent.</param>
    /// <returns>Null: it found none, or what it wrote does not hold.</returns>
    internal async Task<Answer?> ComposeAsync(string asked, string safe, string language, ModelSession turn, CancellationToken cancellationToken)
    {
        var question = index.Read(asked, language);
        var sources = SourcesOf(question).Index().ToDictionary(source => TokenOf(source.Index), source => source.Item);
        if (sources.Count == 0)
        {
            return null;
        }

        var data = new JsonObject
        {
            ["question"] = safe,
            ["sources"] = new JsonArray([.. sources.Select(source => new JsonObject
            {
                ["id"] = source.Key,
                ["title"] = $"{source.Value.Citation.Title}, {source.Value.Citation.Section}",
                ["text"] = source.Value.Text,
                ["summary"] = source.Value.Lead == source.Value.Text ? "" : source.Value.Lead,
            })]),
        };
        var values = new Dictionary<string, string> { ["language"] = language };
        var reply = await turn.AskAsync(Prompt, values, data, AnswerReplyJson.Strict.AnswerReply, cancellationToken);
        if (reply is null || reply.Sentences.Count == 0)
        {
            return null;
        }

        if (verification.BrokenRule(reply, question, sources) is { } rule)
        {
            Log.Refused(logger, rule);
            return null;
        }

        var cited = reply.Sentences.Select(sentence => sources[sentence.Source].Citation with { Quote = Quotes.Verbatim(sentence.Quote) });
        return citations.Answer(string.Join(' ', reply.Sentences.Select(sentence => sentence.Text.Trim())), cited.DistinctBy(citation => citation.Quote), language);
    }

    // What may hold the answer: the facts that come nearest, and the passages and cards with most of what is asked for.
    private List<AnswerSource> SourcesOf(Question question)
    {
        var current = index.Current;
        var facts = from match in current.Facts.Value.Find(question, MostFacts)
                    where match.Fact.Kind != FactKind.Gap
                    from citation in citations.Of(match.Fact, current.Added, question.Language)
                    select new AnswerSource(citation.Quote, match.Fact.Lead.In(question.Language), citation);
        var passages = reader.Search(question.Terms, MostPassages)
            .Select(passage => new AnswerSource(passage.Text, "", Citations.Of(new FoundSentence(passage, passage.Text), question.Words)));
        double Weight(IndexedCard card) => card.Sentences.Terms.Max(terms => question.Terms.Where(terms.Contains).Sum(current.Facts.Value.WeightOf));
        var cards = current.Cards.Value.Select(card => (card.Card, Weight: Weight(card)))
            .Where(card => card.Weight > 0).OrderByDescending(card => card.Weight).Take(MostPassages)
            .Select(card => new AnswerSource(card.Card.Text, "", citations.Of(card.Card, card.Card.Text, question.Language)));
        return [.. facts.Concat(passages).Concat(cards).DistinctBy(source => source.Text)];
    }

    // Nobody who wrote a passage could foresee it. As with a fence, the chance is the system's own.
    private static string TokenOf(int at) => string.Create(CultureInfo.InvariantCulture, $"s{at + 1}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "An answer of the language model was not given: it breaks the rule `{Rule}`")]
        internal static partial void Refused(ILogger logger, string rule);
    }
}
