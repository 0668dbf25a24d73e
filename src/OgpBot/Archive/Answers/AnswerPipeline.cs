using System.Text.Json;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>
/// How a question becomes an answer. Each step may end it; the last always does. Answers come from the archive alone, and each says where it stands.
/// </summary>
internal sealed class AnswerPipeline(Lazy<DialogLibrary> library, Lazy<ShippedArchive> shipped, ArchiveReader reader)
{
    /// <summary>Characters of a question.</summary>
    public const int LongestQuestion = 500;

    /// <summary>Names our own words as a document.</summary>
    internal const string Card = "ogpbot";

    private const int LongestAnswer = 700;
    private const int MostSources = 3;
    private const int MostPassages = 24;

    // What a language model may choose from.
    private const int MostSentFacts = 6;
    private const int MostSentPassages = 4;

    // Below, a fact is no answer; a second one is told where it fits nearly as well.
    private const double FactFits = 0.46;
    private const double LeastCoverage = 0.25;

    private const double NearlyAsWell = 0.86;
    private const int MostFacts = 2;

    // What a word counts that stands in the sentence before, or in the heading.
    private const double ShareOfNeighbour = 0.7;

    // A sentence of the archive answers where it has this share of what was asked for.
    private const double SentenceFits = 0.72;

    /// <summary>The texts that answers are made of.</summary>
    internal static IEnumerable<string> TextKeys =>
        Enum.GetValues<AnswerStatus>().Except([AnswerStatus.Answered, AnswerStatus.Partial]).Select(status => $"answer.{NameOf(status)}")
            .Concat(["answer.lead", "answer.page", "answer.card"]);

    private readonly Lock reading = new();
    private Task ready = Task.CompletedTask;
    private volatile Indexed? indexed;

    /// <summary>Ends when all that answers are found by has been read: seconds after a start, at once later. Whoever waits shares the one reading.</summary>
    internal Task WhenReadyAsync()
    {
        lock (reading)
        {
            return ready.IsCompleted ? ready = Task.Run(Read) : ready;
        }
    }

    /// <summary>Answers, or says why not.</summary>
    /// <param name="most">How many facts it may tell.</param>
    public Answer Answer(string text, string language, int most = MostFacts)
    {
        var work = new Work(Index, text.Trim(), library.Value.Texts.ContainsKey(language) ? language : LocalizedText.DefaultLanguage, most);
        Func<Work, Answer?>[] steps = [Clean, Recognise, FromFacts, FromPassages, NotFound];
        return steps.Select(step => step(work)).First(answer => answer is not null)!;
    }

    /// <summary>The facts that came nearest, for those who tune the data.</summary>
    internal IReadOnlyList<FactMatch> Nearest(string text, string language)
    {
        var facts = Index.Facts.Value;
        return facts.Find(Question.Read(text, language, shipped.Value.Lexicon, facts.Spelling), MostSources);
    }

    /// <summary>A question as the pipeline reads it.</summary>
    internal Question Read(string text, string language) => Question.Read(text.Trim(), language, shipped.Value.Lexicon, Index.Facts.Value.Spelling);

    /// <summary>What may hold the answer: the facts that come nearest, and the passages with most of what is asked for.</summary>
    internal IReadOnlyList<AnswerSource> SourcesOf(Question question)
    {
        var index = Index;
        var facts = from match in index.Facts.Value.Find(question, MostSentFacts)
                    where match.Fact.Kind != FactKind.Gap
                    from pointer in match.Fact.Sources
                    let citation = Cite(index.Added, pointer, match.Fact, question.Language)
                    where citation is not null
                    select new AnswerSource(citation.Quote, match.Fact.Lead.In(question.Language), citation);
        var passages = reader.Search(question.Terms, MostSentPassages)
            .Select(passage => new AnswerSource(passage.Text, "", CitationOf(new FoundSentence(passage, passage.Text), question.Words)));
        var cards = index.Cards.Value.Select(card => (card.Card, Weight: card.Sentences.Terms.Max(terms => question.Terms.Where(terms.Contains).Sum(index.Facts.Value.WeightOf))))
            .Where(card => card.Weight > 0).OrderByDescending(card => card.Weight).Take(MostSentPassages)
            .Select(card => new AnswerSource(card.Card.Text, "", CardOf(card.Card, card.Card.Text, question.Language)));
        return [.. facts.Concat(passages).Concat(cards).DistinctBy(source => source.Text)];
    }

    /// <summary>An answer with its citations, as they are shown: as many as a reader of a phone may be asked to read, but one at least.</summary>
    internal Answer Cite(string lead, IEnumerable<Citation> all, string language)
    {
        var answer = lead;
        var citations = new List<Citation>();
        foreach (var citation in all)
        {
            var shown = Shown(citation, language);
            if (citations.Count == MostSources || (citations.Count > 0 && answer.Length + shown.Length > LongestAnswer))
            {
                break;
            }

            answer += shown;
            citations.Add(citation);
        }

        return new Answer(AnswerStatus.Answered, answer, citations);
    }

    /// <summary>Whether a text has what such a question asks for: a date for «cuándo», the number and the decisive word that it names.</summary>
    internal bool MayAnswer(Question question, string text)
    {
        var terms = shipped.Value.Lexicon.TermsOf(text).ToHashSet();
        return Fits(question, text) && question.Terms.Where(term => shipped.Value.Lexicon.IsDecisive(term) || question.Capitals.Contains(term)).All(terms.Contains);
    }

    /// <summary>A status as data name it, such as <c>not_found</c>.</summary>
    internal static string NameOf(AnswerStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    private Answer? Clean(Work work)
    {
        work.Question = Question.Read(work.Text, work.Language, shipped.Value.Lexicon, work.Facts.Spelling);
        return work.Question.Terms.Count == 0 && shipped.Value.Recogniser.Recognise(work.Question) is null ? NotFound(work) : null;
    }

    private Answer? Recognise(Work work) => shipped.Value.Recogniser.Recognise(work.Question) is { } status ? new Answer(status, TextOf(work, status), []) : null;

    private Answer? FromFacts(Work work)
    {
        var found = work.Facts.Find(work.Question, MostSources);
        if (found.Count == 0 || found[0].Score < FactFits || found[0].Coverage < LeastCoverage)
        {
            return null;
        }

        var best = found[0].Fact;
        if (best.Kind == FactKind.Gap)
        {
            return new Answer(AnswerStatus.NotFound, $"{best.Lead.In(work.Language)}\n{TextOf(work, AnswerStatus.NotFound)}", []) { Fit = found[0].Score };
        }

        // A second one, where the question may as well have meant that.
        var told = found.Where(match => match.Fact.Kind != FactKind.Gap && match.Score >= NearlyAsWell * found[0].Score).Take(work.MostFacts).Select(match => match.Fact).ToList();
        return Compose(work, told) with { Fit = found[0].Score };
    }

    // The sentence of a passage, with its neighbours, that has most of what was asked for.
    private Answer? FromPassages(Work work)
    {
        var question = work.Question;
        if (question.Terms.Count < 2)
        {
            return null;
        }

        var sentences = reader.Search(question.Terms, MostPassages)
            .SelectMany(passage => SentencesOf(work, new ReadSentences(passage.Section, passage.Text, shipped.Value.Lexicon))
                .Select(sentence => (sentence.Fit, Citation: CitationOf(new FoundSentence(passage, sentence.Text), question.Words))))
            .Concat(work.Cards.SelectMany(card => SentencesOf(work, card.Sentences).Select(sentence => (sentence.Fit, Citation: CardOf(card.Card, sentence.Text, work.Language)))));
        var (fit, citation) = sentences.DefaultIfEmpty().MaxBy(sentence => sentence.Fit);
        return citation is null || fit < SentenceFits
            ? null
            : new Answer(AnswerStatus.Answered, $"{(citation.Document == Card ? citation.Quote : Texts(work.Language).Plain("answer.lead"))}{Shown(citation, work.Language)}", [citation]);
    }

    private IEnumerable<(double Fit, string Text)> SentencesOf(Work work, ReadSentences read)
    {
        var question = work.Question;
        var all = question.Terms.Sum(work.Facts.WeightOf);
        for (var at = 0; at < read.Texts.Count; at++)
        {
            var fit = question.Terms.Sum(term => work.Facts.WeightOf(term)
                * (read.Terms[at].Contains(term) ? 1 : (at > 0 && read.Terms[at - 1].Contains(term)) || read.Heading.Contains(term) ? ShareOfNeighbour : 0)) / all;
            if (fit >= SentenceFits && Fits(question, read.Texts[at]) && !question.Terms.Any(term => shipped.Value.Lexicon.IsDecisive(term) && !read.Terms[at].Contains(term)))
            {
                yield return (fit, read.Texts[at]);
            }
        }
    }

    private static bool Fits(Question question, string sentence)
    {
        var shape = AnswerShape.Of(sentence);
        return (question.Asks.Count == 0 || question.Asks.Any(shape.Has)) && (question.Contact is not { } contact || shape.Has(contact.Kind))
            && question.Words.Where(word => char.IsAsciiDigit(word[0])).All(number => sentence.Contains(number, StringComparison.Ordinal));
    }

    // Made once for each state of the archive: what the documents say of a fact helps to find it, and a card serves while its document has not been added.
    private Indexed Index
    {
        get
        {
            var added = reader.Added();
            var known = indexed;
            if (known?.Added != added)
            {
                indexed = known = new Indexed(
                    added,
                    added.State.Length == 0 ? shipped.Value.Index : new Lazy<FactIndex>(() => shipped.Value.IndexWith(added)),
                    new Lazy<IReadOnlyList<ReadCard>>(() => [.. shipped.Value.Cards.Where(card => !added.Has(shipped.Value.SourceOf(card.Source)!))
                        .Select(card => new ReadCard(card, new ReadSentences(card.Heading, card.Text, shipped.Value.Lexicon)))]));
            }

            return known;
        }
    }

    private void Read()
    {
        try
        {
            var index = Index;
            _ = index.Facts.Value;
            _ = index.Cards.Value;
        }
        catch
        {
            // What failed would fail for ever; the next question tries anew.
            indexed = null;
            throw;
        }
    }

    private Answer NotFound(Work work) => new(AnswerStatus.NotFound, TextOf(work, AnswerStatus.NotFound), []);

    // A sentence of the document where that has been added, else our card's words.
    private Citation? Cite(AddedDocuments added, SourcePointer pointer, Fact fact, string language)
    {
        if (added.Resolve(pointer) is { } found)
        {
            return CitationOf(found, pointer.Words);
        }

        var source = shipped.Value.SourceOf(pointer.Document)!;
        return added.Has(source) ? null : CardOf(source, pointer.Section, fact.Lead.In(LocalizedText.DefaultLanguage), language);
    }

    private Citation CardOf(CardSection card, string sentence, string language) => CardOf(shipped.Value.SourceOf(card.Source)!, card.Place, sentence, language);

    private Citation CardOf(ArchiveSource source, string section, string words, string language) =>
        new(Card, Texts(language).Plain("answer.card"), $"{source.ShortTitle}, {section}", null, words, source.Date, source.Url.Length > 0 ? source.Url : null);

    private static Citation CitationOf(FoundSentence found, IReadOnlyList<string> words) => new(
        found.Passage.Document, found.Passage.Title, found.Passage.Section, found.Passage.Page, Quotes.Verbatim(found.Text, words), found.Passage.Date, found.Passage.Url);

    // Leads first; then the sentences.
    private Answer Compose(Work work, List<Fact> told) => Cite(
        string.Join("\n", told.Select(fact => fact.Lead.In(work.Language))),
        told.SelectMany(fact => fact.Sources.Select(pointer => Cite(work.Added, pointer, fact, work.Language))).OfType<Citation>().DistinctBy(citation => citation.Quote),
        work.Language);

    private string Shown(Citation citation, string language)
    {
        var page = citation.Page is { } number ? $"{Texts(language).Plain("answer.page")} {number}" : "";
        var title = shipped.Value.Sources.FirstOrDefault(source => source.Title == citation.Title)?.ShortTitle ?? citation.Title;
        var quote = citation.Document == Card ? "" : $"\n«{citation.Quote}»";
        return $"{quote}\n— {string.Join(", ", new[] { title, citation.Section == citation.Title ? "" : citation.Section, page, citation.Date ?? "" }.Where(part => part.Length > 0))}";
    }

    private Texts Texts(string language) => library.Value.Texts[language];

    private string TextOf(Work work, AnswerStatus status) => library.Value.Render($"answer.{NameOf(status)}", work.Language);

    private sealed record Indexed(AddedDocuments Added, Lazy<FactIndex> Facts, Lazy<IReadOnlyList<ReadCard>> Cards);

    private sealed record ReadCard(CardSection Card, ReadSentences Sentences);

    private sealed class Work(Indexed index, string text, string language, int mostFacts)
    {
        internal int MostFacts { get; } = mostFacts;

        internal AddedDocuments Added => index.Added;

        internal FactIndex Facts { get; } = index.Facts.Value;

        internal IReadOnlyList<ReadCard> Cards => index.Cards.Value;

        internal string Text { get; } = text;

        internal string Language { get; } = language;

        internal Question Question { get; set; } = null!;
    }
}
