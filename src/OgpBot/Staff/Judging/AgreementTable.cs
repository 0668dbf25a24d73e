namespace OgpBot.Staff.Judging;

/// <summary>How often two readers said what of the same: one row for each word of the first, one column for each of the second.</summary>
internal sealed class AgreementTable
{
    private const int Categories = 3;

    private readonly int[] cells = new int[Categories * Categories];

    /// <summary>How many texts it counts.</summary>
    internal int Total { get; private set; }

    /// <summary>Counts a text, or several.</summary>
    internal void Add(Verdict first, Verdict second, int count = 1)
    {
        cells[((int)first * Categories) + (int)second] += count;
        Total += count;
    }

    /// <summary>
    /// Cohen's κ = (po − pe) / (1 − pe): agreement beyond what chance alone would give (J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational
    /// and Psychological Measurement 20, 1960, 37–46). Null: chance alone explains all, for each reader only ever said one and the same thing.
    /// </summary>
    internal double? Kappa => Total == 0 || ByChance == 1 ? null : (Observed - ByChance) / (1 - ByChance);

    /// <summary>
    /// The standard error of κ for large numbers (J. L. Fleiss, J. Cohen, B. S. Everitt, Large Sample Standard Errors of Kappa and Weighted Kappa,
    /// Psychological Bulletin 72, 1969, 323–327).
    /// </summary>
    internal double? StandardError
    {
        get
        {
            if (Kappa is not { } kappa)
            {
                return null;
            }

            var sum = 0.0;
            for (var row = 0; row < Categories; row++)
            {
                for (var column = 0; column < Categories; column++)
                {
                    var term = row == column ? 1 - ((Row(row) + Column(row)) * (1 - kappa)) : (Column(row) + Row(column)) * (1 - kappa);
                    sum += Share(row, column) * term * term;
                }
            }

            var taken = kappa - (ByChance * (1 - kappa));
            return Math.Sqrt(Math.Max(0, sum - (taken * taken)) / Total) / (1 - ByChance);
        }
    }

    private double Observed => Enumerable.Range(0, Categories).Sum(at => Share(at, at));

    private double ByChance => Enumerable.Range(0, Categories).Sum(at => Row(at) * Column(at));

    private double Row(int row) => Enumerable.Range(0, Categories).Sum(column => cells[(row * Categories) + column]) / (double)Total;

    private double Column(int column) => Enumerable.Range(0, Categories).Sum(row => cells[(row * Categories) + column]) / (double)Total;

    private double Share(int row, int column) => cells[(row * Categories) + column] / (double)Total;
}
