using OgpBot.Archive.Search;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>A fact that a question may ask for, and how well it fits, from 0 to 1.</summary>
internal readonly record struct FactMatch(Fact Fact, double Score, double Coverage);

/// <summary>
/// Finds the fact that a question asks for. Each phrasing of a fact is compared with the question: how much of either the other covers. Rare words count
/// more. The best single phrasing counts, never the words of all together.
/// </summary>
internal sealed class FactIndex
{
    // What counts: how much of the question a phrasing has, how much of the phrasing was asked for, and how much of the question the fact has anywhere.
    private const double ShareOfCoverage = 0.45;
    private const double ShareOfPrecision = 0.25;
    private const double ShareOfFact = 0.3;
    private const double KindBonus = 0.06;
    private const double OtherKind = 0.12;
    private const double MissingName = 0.2;
    private const double LeastTelling = 1.5;

    // What a word weighs that no fact has: it may be what the question is about, but as often it is a way to say it.
    private const double Unknown = 0.6;

    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, double> weights;
    private readonly double unknown;
    private readonly Lexicon lexicon;
    private readonly HashSet<string> names;

    /// <param name="sentences">What the documents say of a fact; nothing where they have not been added.</param>
    internal FactIndex(IReadOnlyList<Fact> facts, Lexicon lexicon, Func<Fact, IEnumerable<string>> sentences)
    {
        this.lexicon = lexicon;
        var leads = facts.Select(fact => fact.Lead.In(LocalizedText.DefaultLanguage));
        names = [.. ProperNames.Of([.. leads, .. facts.SelectMany(sentences)]).Select(lexicon.TermOf)];
        var words = new Dictionary<string, int>();
        foreach (var fact in facts)
        {
            var phrasings = fact.Questions.Select(question => lexicon.TermsOf(question.Text, question.Language == "en").Distinct().ToArray()).ToList();
            var said = string.Join('\n', sentences(fact).Prepend(fact.Lead.In(LocalizedText.DefaultLanguage)));
            var sections = fact.Sources.SelectMany(source => lexicon.TermsOf(source.Section));
            HashSet<string> all = [.. phrasings.SelectMany(terms => terms), .. lexicon.TermsOf(said), .. sections];
            entries.Add(new Entry(fact, phrasings, all, [.. Question.YearsIn(TextFold.Fold(said).Split(' '))], AnswerShape.Of(said)));
            foreach (var word in fact.Questions.Where(question => question.Language != "en").Select(question => question.Text)
                .Append(fact.Lead.In(LocalizedText.DefaultLanguage)).SelectMany(text => TextFold.Fold(text).Split(' ')))
            {
                words[word] = words.GetValueOrDefault(word) + 1;
            }
        }

        weights = entries.SelectMany(entry => entry.All).CountBy(term => term).ToDictionary(term => term.Key, term => Math.Log(1 + ((double)facts.Count / term.Value)));
        unknown = Unknown * Math.Log(1 + facts.Count);
        Spelling = new Spelling(lexicon.Words.Concat(words.OrderByDescending(pair => pair.Value).Select(pair => pair.Key)));
    }

    /// <summary>Knows the words of facts and of the lexicon.</summary>
    internal Spelling Spelling { get; }

    internal double WeightOf(string term) => weights.GetValueOrDefault(term, unknown);

    /// <summary>The facts that a question may ask for, the best first.</summary>
    internal IReadOnlyList<FactMatch> Find(Question question, int most)
    {
        var all = question.Terms.Sum(WeightOf);
        return all == 0
            ? []
            : [.. entries.Select(entry => Match(entry, question, all)).Where(match => match.Score > 0).OrderByDescending(match => match.Score).Take(most)];
    }

    private FactMatch Match(Entry entry, Question question, double all)
    {
        var anywhere = question.Terms.Where(entry.All.Contains).Sum(WeightOf);
        if (anywhere == 0)
        {
            return default;
        }

        var (best, coverage) = (0.0, 0.0);
        foreach (var terms in entry.Phrasings)
        {
            double common = 0, own = 0;
            foreach (var term in terms)
            {
                var weight = WeightOf(term);
                own += weight;
                common += question.Terms.Contains(term) ? weight : 0;
            }

            var score = (ShareOfCoverage * common / all) + (ShareOfPrecision * (own > 0 ? common / own : 0));
            (best, coverage) = score > best ? (score, common / all) : (best, coverage);
        }

        if (!CanAnswer(entry, question))
        {
            return default;
        }

        var asked = question.Asks.Count == 0 || entry.Fact.Asks.Count == 0 ? 0 : question.Asks.Any(entry.Fact.Asks.Contains) ? KindBonus : -OtherKind;
        var missing = question.Terms.Count(term => !entry.All.Contains(term) && IsTelling(term, question));
        return new FactMatch(entry.Fact, best + (ShareOfFact * anywhere / all) + asked - (MissingName * missing), (coverage + (anywhere / all)) / 2);
    }

    // A name or a number without which a fact is about something else; the city and the plan are everywhere.
    private bool IsTelling(string term, Question question) =>
        char.IsAsciiDigit(term[0]) || (weights.ContainsKey(term) ? names.Contains(term) && WeightOf(term) >= LeastTelling : question.Capitals.Contains(term));

    // A date is no answer to who, nor a name to when. What a gap lacks must be what was asked for.
    private bool CanAnswer(Entry entry, Question question)
    {
        var (fact, isGap) = (entry.Fact, entry.Fact.Kind == FactKind.Gap);
        if ((!isGap && question.Years.Any(year => !entry.Years.Contains(year)))
            || (question.Contact is { } contact && !(isGap ? entry.All.Contains(contact.Term) : entry.Shape.Has(contact.Kind)))
            || question.Terms.Any(term => lexicon.IsDecisive(term) && !entry.All.Contains(term)))
        {
            return false;
        }

        var mayAsk = question.Asks.Count == 0 || fact.Asks.Count == 0 || question.Asks.Any(fact.Asks.Contains);
        return isGap
            ? mayAsk && (question.Asks.Count > 0 || fact.Asks.Count == 0 || fact.Asks.Any(Question.IsPlain))
            : mayAsk || question.Asks.Any(entry.Shape.Has);
    }

    private sealed record Entry(Fact Fact, List<string[]> Phrasings, HashSet<string> All, HashSet<string> Years, AnswerShape Shape);
}
