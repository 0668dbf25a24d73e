using System.Text.Json;
using OgpBot.Archive.Documents;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>
/// How a question becomes an answer. Each step may end it; the last always does. Answers come from the archive alone, and each says where it stands.
/// </summary>
internal sealed class AnswerPipeline(Lazy<DialogLibrary> library, Lazy<ShippedArchive> shipped, ArchiveReader reader)
{
    /// <summary>Characters of a question.</summary>
    public const int LongestQuestion = 500;

    private const int LongestAnswer = 700;
    private const int MostSources = 3;
    private const int MostPassages = 24;

    // Below, a fact is no answer; a second one is told where it fits nearly as well.
    private const double FactFits = 0.56;
    private const double LeastCoverage = 0.5;
    private const double NearlyAsWell = 0.97;

    // A sentence of the archive answers where it has this share of what was asked for.
    private const double SentenceFits = 0.72;

    /// <summary>The texts that answers are made of.</summary>
    internal static IEnumerable<string> TextKeys =>
        Enum.GetValues<AnswerStatus>().Except([AnswerStatus.Answered, AnswerStatus.Partial]).Select(status => $"answer.{NameOf(status)}")
            .Concat(["answer.lead", "answer.page", "answer.card"]);

    private readonly Lazy<FactIndex> facts = new(() => new FactIndex(shipped.Value.Facts, shipped.Value.Lexicon));

    /// <summary>Answers, or says why not.</summary>
    public Answer Answer(string text, string language)
    {
        var work = new Work(text.Trim(), library.Value.Texts.ContainsKey(language) ? language : LocalizedText.DefaultLanguage);
        Func<Work, Answer?>[] steps = [Clean, Recognise, FromFacts, FromPassages, NotFound];
        return steps.Select(step => step(work)).First(answer => answer is not null)!;
    }

    /// <summary>A status as data name it, such as <c>not_found</c>.</summary>
    internal static string NameOf(AnswerStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    private Answer? Clean(Work work)
    {
        work.Question = Question.Read(work.Text, work.Language, shipped.Value.Lexicon);
        return work.Question.Terms.Count == 0 && shipped.Value.Recogniser.Recognise(work.Question) is null ? NotFound(work) : null;
    }

    private Answer? Recognise(Work work) => shipped.Value.Recogniser.Recognise(work.Question) is { } status ? new Answer(status, TextOf(work, status), []) : null;

    private Answer? FromFacts(Work work)
    {
        var found = facts.Value.Find(work.Question, MostSources);
        if (found.Count == 0 || found[0].Score < FactFits || found[0].Coverage < LeastCoverage)
        {
            return null;
        }

        var best = found[0].Fact;
        var citations = best.Sources.Select(pointer => Cite(pointer, best, work.Language)).DistinctBy(citation => citation.Quote).Take(MostSources).ToList();
        return best.Kind == FactKind.Gap
            ? new Answer(AnswerStatus.NotFound, $"{best.Lead.In(work.Language)}\n{TextOf(work, AnswerStatus.NotFound)}", [])
            : new Answer(AnswerStatus.Answered, Compose(best.Lead.In(work.Language), citations, work.Language), citations);
    }

    // The sentence of a passage, with its neighbours, that has most of what was asked for.
    private Answer? FromPassages(Work work)
    {
        var lexicon = shipped.Value.Lexicon;
        var question = work.Question;
        var all = question.Terms.Sum(facts.Value.WeightOf);
        var best = (Fit: 0.0, Found: (FoundSentence?)null);
        foreach (var found in reader.Search(question.Terms, MostPassages))
        {
            var heading = lexicon.TermsOf(found.Section).ToHashSet();
            var sentences = Sentences.Of(found.Text);
            var terms = sentences.Select(sentence => lexicon.TermsOf(sentence).ToHashSet()).ToList();
            for (var at = 0; at < sentences.Count; at++)
            {
                var fit = question.Terms.Sum(term => facts.Value.WeightOf(term)
                    * (terms[at].Contains(term) ? 1 : (at > 0 && terms[at - 1].Contains(term)) || heading.Contains(term) ? 0.7 : 0)) / all;
                if (fit > best.Fit && AnswerShape.Fits(question.Asks, sentences[at]))
                {
                    best = (fit, new FoundSentence(found, sentences[at]));
                }
            }
        }

        if (best.Found is null || best.Fit < SentenceFits || question.Terms.Count < 2)
        {
            return null;
        }

        var citation = CitationOf(best.Found);
        return new Answer(AnswerStatus.Answered, Compose(Texts(work.Language).Plain("answer.lead"), [citation], work.Language), [citation]);
    }

    private Answer NotFound(Work work) => new(AnswerStatus.NotFound, TextOf(work, AnswerStatus.NotFound), []);

    private Citation Cite(SourcePointer pointer, Fact fact, string language)
    {
        if (reader.Resolve(pointer) is { } found)
        {
            return CitationOf(found);
        }

        var source = shipped.Value.SourceOf(pointer.Document)!;
        return new Citation(
            Texts(language).Plain("answer.card"), $"{source.Title}", pointer.Section, null, fact.Lead.In(LocalizedText.DefaultLanguage), source.Date, source.Url.Length > 0 ? source.Url : null);
    }

    private static Citation CitationOf(FoundSentence found) => new(
        found.Passage.Document, found.Passage.Title, found.Passage.Section, found.Passage.Page, Quotes.Verbatim(found.Text), found.Passage.Date, found.Passage.Url);

    private string Compose(string lead, IReadOnlyList<Citation> citations, string language)
    {
        var texts = Texts(language);
        var answer = lead;
        foreach (var citation in citations)
        {
            var place = string.Join(", ", new[] { citation.Title, citation.Section, citation.Page is { } page ? $"{texts.Plain("answer.page")} {page}" : "", citation.Date ?? "" }.Where(part => part.Length > 0));
            var part = $"\n«{citation.Quote}»\n— {place}";
            if (answer.Length + part.Length > LongestAnswer && answer.Length > lead.Length)
            {
                break;
            }

            answer += part;
        }

        return answer;
    }

    private Texts Texts(string language) => library.Value.Texts[language];

    private string TextOf(Work work, AnswerStatus status) => library.Value.Texts[work.Language][$"answer.{NameOf(status)}"]!
        .Render(name => library.Value.Constants.GetValueOrDefault(name)?.In(work.Language));

    private sealed class Work(string text, string language)
    {
        internal string Text { get; } = text;

        internal string Language { get; } = language;

        internal Question Question { get; set; } = null!;
    }
}
