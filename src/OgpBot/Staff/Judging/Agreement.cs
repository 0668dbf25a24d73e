namespace OgpBot.Staff.Judging;

/// <summary>A reader's word on a criterion of a text.</summary>
internal readonly record struct Reading(string Text, string Reader, string Criterion, Verdict Verdict);

/// <summary>A number with its 95 % interval; null where there is too little to tell it.</summary>
internal sealed record Estimate(double Value, (double Low, double High)? Interval);

/// <summary>
/// How far readers agree. What two readers said of the same criterion of the same text is compared. Where there are more readers, each number is the mean
/// over the pairs of readers, weighted by how much each pair has in common.
/// </summary>
/// <param name="Texts">The texts with two readers or more.</param>
/// <param name="Raw">The share of equal words. «Can't say» is a word like the others.</param>
/// <param name="Kappa">Cohen's κ, likewise with three words; null: it is not defined.</param>
/// <param name="Pabak">
/// 2·po − 1 of what both readers said was met or not met: κ as it were if both words were equally frequent (T. Byrt, J. Bishop, J. B. Carlin, Bias,
/// Prevalence and Kappa, Journal of Clinical Epidemiology 46, 1993, 423–429).
/// </param>
internal sealed record Agreement(int Texts, Estimate? Raw, Estimate? Kappa, Estimate? Pabak)
{
    // Of the normal distribution, for 95 %.
    private const double Deviations = 1.959964;

    /// <summary>Reckons it.</summary>
    internal static Agreement Of(IEnumerable<Reading> readings)
    {
        var compared = readings.GroupBy(reading => (reading.Text, reading.Criterion)).SelectMany(Pairs).ToList();
        var decided = compared.Where(pair => pair.First != Verdict.CannotSay && pair.Second != Verdict.CannotSay).ToList();
        var pabak = Share(decided);
        return new Agreement(
            compared.Select(pair => pair.Text).Distinct().Count(),
            Share(compared),
            KappaOf(compared),
            pabak is null ? null : new Estimate(Twice(pabak.Value), pabak.Interval is { } interval ? (Twice(interval.Low), Twice(interval.High)) : null));
    }

    /// <summary>
    /// The score interval of a share (E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American Statistical
    /// Association 22, 1927, 209–212).
    /// </summary>
    internal static (double Low, double High) Wilson(double share, int count)
    {
        var square = Deviations * Deviations;
        var middle = share + (square / (2 * count));
        var reach = Deviations * Math.Sqrt(((share * (1 - share)) + (square / (4 * count))) / count);
        return (Math.Max(0, (middle - reach) / (1 + (square / count))), Math.Min(1, (middle + reach) / (1 + (square / count))));
    }

    private static double Twice(double share) => (2 * share) - 1;

    private static IEnumerable<Pair> Pairs(IEnumerable<Reading> ofOne)
    {
        var readers = ofOne.OrderBy(reading => reading.Reader, StringComparer.Ordinal).ToList();
        return readers.SelectMany((first, at) => readers.Skip(at + 1).Select(second =>
            new Pair(first.Text, (first.Reader, second.Reader), first.Verdict, second.Verdict)));
    }

    // What is said of one text hangs together, so each text counts once in the interval, however many pairs read it.
    private static Estimate? Share(List<Pair> compared)
    {
        if (compared.Count == 0)
        {
            return null;
        }

        var share = compared.Count(pair => pair.First == pair.Second) / (double)compared.Count;
        return new Estimate(share, Wilson(share, compared.Select(pair => pair.Text).Distinct().Count()));
    }

    private static Estimate? KappaOf(List<Pair> compared)
    {
        var tables = new Dictionary<(string, string), AgreementTable>();
        foreach (var pair in compared)
        {
            Add(tables, pair, 1);
        }

        if (Mean(tables) is not { } kappa)
        {
            return null;
        }

        var texts = compared.GroupBy(pair => pair.Text).Select(text => text.ToList()).ToList();
        var error = tables.Count == 1 && texts.TrueForAll(text => text.Count == 1) ? tables.Values.Single().StandardError : Jackknife(tables, texts);
        return new Estimate(kappa, error is { } known && texts.Count > 1
            ? (Math.Max(-1, kappa - (Deviations * known)), Math.Min(1, kappa + (Deviations * known)))
            : null);
    }

    /// <summary>
    /// The standard error of κ where a text is compared more than once: each text is left out in turn (J. L. Fleiss, M. Davies, Jackknifing Functions of
    /// Multinomial Frequencies, with an Application to a Measure of Concordance, American Journal of Epidemiology 115, 1982, 841–845).
    /// </summary>
    private static double? Jackknife(Dictionary<(string, string), AgreementTable> tables, List<List<Pair>> texts)
    {
        var without = new List<double>(texts.Count);
        foreach (var text in texts)
        {
            text.ForEach(pair => Add(tables, pair, -1));
            if (Mean(tables) is { } kappa)
            {
                without.Add(kappa);
            }

            text.ForEach(pair => Add(tables, pair, 1));
        }

        if (without.Count < texts.Count)
        {
            return null;
        }

        var mean = without.Average();
        return Math.Sqrt(without.Sum(kappa => (kappa - mean) * (kappa - mean)) * (texts.Count - 1) / texts.Count);
    }

    private static double? Mean(Dictionary<(string, string), AgreementTable> tables)
    {
        var defined = tables.Values.Where(table => table.Kappa is not null).ToList();
        return defined.Count == 0 ? null : defined.Sum(table => table.Kappa!.Value * table.Total) / defined.Sum(table => table.Total);
    }

    private static void Add(Dictionary<(string, string), AgreementTable> tables, Pair pair, int count)
    {
        if (!tables.TryGetValue(pair.Readers, out var table))
        {
            tables[pair.Readers] = table = new AgreementTable();
        }

        table.Add(pair.First, pair.Second, count);
    }

    private sealed record Pair(string Text, (string, string) Readers, Verdict First, Verdict Second);
}
