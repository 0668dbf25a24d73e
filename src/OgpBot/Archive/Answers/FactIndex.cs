using OgpBot.Archive.Search;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>A fact that a question may ask for, and how well it fits, from 0 to 1.</summary>
internal readonly record struct FactMatch(Fact Fact, double Score, double Coverage);

/// <summary>
/// Finds the fact that a question asks for by its phrasings: each is compared by what it covers of the question and what the question covers of it, rare
/// words counting more. The best single phrasing counts, never a bag of all.
/// </summary>
internal sealed class FactIndex
{
    // A word that no phrasing has: it may be what the question is about, and weighs as the rarest.
    private const double ShareOfCoverage = 0.6;
    private const double KindBonus = 0.06;

    private readonly List<(Fact Fact, string[] Terms, HashSet<string> Also)> phrasings = [];
    private readonly Dictionary<string, double> weights;
    private readonly double heaviest;

    internal FactIndex(IReadOnlyList<Fact> facts, Lexicon lexicon)
    {
        foreach (var fact in facts)
        {
            HashSet<string> also = [.. lexicon.TermsOf(fact.Lead.In(LocalizedText.DefaultLanguage)), .. fact.Sources.SelectMany(source => lexicon.TermsOf(source.Section))];
            foreach (var (language, text) in fact.Questions)
            {
                phrasings.Add((fact, [.. lexicon.TermsOf(text, language == "en").Distinct()], also));
            }
        }

        var counts = phrasings.GroupBy(phrasing => phrasing.Fact)
            .SelectMany(group => group.SelectMany(phrasing => phrasing.Terms).Distinct()).GroupBy(term => term).ToDictionary(group => group.Key, group => group.Count());
        heaviest = Math.Log(1 + facts.Count);
        weights = counts.ToDictionary(pair => pair.Key, pair => Math.Log(1 + ((double)facts.Count / pair.Value)));
    }

    internal double WeightOf(string term) => weights.GetValueOrDefault(term, heaviest);

    /// <summary>The best phrasing of each fact, the best fact first.</summary>
    internal IReadOnlyList<FactMatch> Find(Question question, int most)
    {
        var best = new Dictionary<Fact, FactMatch>();
        var all = question.Terms.Sum(WeightOf);
        if (all == 0)
        {
            return [];
        }

        foreach (var (fact, terms, also) in phrasings)
        {
            double common = 0, alsoCommon = 0, own = 0;
            foreach (var term in question.Terms)
            {
                if (Array.IndexOf(terms, term) >= 0)
                {
                    common += WeightOf(term);
                }
                else if (also.Contains(term))
                {
                    alsoCommon += WeightOf(term);
                }
            }

            if (common == 0)
            {
                continue;
            }

            foreach (var term in terms)
            {
                own += WeightOf(term);
            }

            var coverage = (common + (0.7 * alsoCommon)) / all;
            var score = (ShareOfCoverage * coverage) + ((1 - ShareOfCoverage) * common / own);
            score += question.Asks.Count == 0 || fact.Asks.Count == 0 ? 0 : question.Asks.Any(fact.Asks.Contains) ? KindBonus : -KindBonus;
            if (!best.TryGetValue(fact, out var other) || score > other.Score)
            {
                best[fact] = new FactMatch(fact, score, coverage);
            }
        }

        return [.. best.Values.OrderByDescending(match => match.Score).Take(most)];
    }
}
