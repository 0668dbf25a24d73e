using OgpBot.Staff.Judging;
using static OgpBot.Staff.Judging.Verdict;

namespace OgpBot.Tests.Staff;

/// <summary>The numbers of agreement, against published tables and against what can be reckoned by hand.</summary>
public sealed class JudgingAgreementTests
{
    // A. R. Feinstein, D. V. Cicchetti, High Agreement but Low Kappa: I. The Problems of Two Paradoxes, Journal of Clinical Epidemiology 43, 1990, 543–549:
    // in both tables 85 of 100 agree.
    //   40 9 / 6 45:  pe = 0.49 × 0.46 + 0.51 × 0.54 = 0.2254 + 0.2754 = 0.5008; κ = 0.3492 / 0.4992 = 0.6995, published as 0.70.
    //   80 10 / 5 5:  pe = 0.90 × 0.85 + 0.10 × 0.15 = 0.765 + 0.015 = 0.78;     κ = 0.07 / 0.22 = 0.3182, published as 0.32.
    // PABAK = 2 × 0.85 − 1 = 0.70 in both (Byrt, Bishop, Carlin 1993).
    [Theory]
    [InlineData(40, 9, 6, 45, 0.6995)]
    [InlineData(80, 10, 5, 5, 0.3182)]
    public void Kappa_and_PABAK_of_a_published_table(int bothMet, int firstMet, int secondMet, int bothNot, double kappa)
    {
        var agreement = Agreement.Of(Table(bothMet, firstMet, secondMet, bothNot));

        agreement.Texts.ShouldBe(100);
        agreement.Raw!.Value.ShouldBe(0.85, 1e-9);
        agreement.Kappa!.Value.ShouldBe(kappa, 5e-5);
        agreement.Pabak!.Value.ShouldBe(0.70, 1e-9);
    }

    // 80 10 / 5 5, by Fleiss, Cohen and Everitt (1969), with κ = 7/22 and 1 − κ = 15/22:
    //   equal words:     0.80 × (1 − 1.75 × 15/22)² + 0.05 × (1 − 0.25 × 15/22)² = (0.80 × 4.25² + 0.05 × 18.25²) / 22² = 31.103125 / 484
    //   different words: (15/22)² × (0.10 × (0.85 + 0.10)² + 0.05 × (0.15 + 0.90)²) = 225 × 0.145375 / 484 = 32.709375 / 484
    //   less:            (7/22 − 0.78 × 15/22)² = 4.7² / 484 = 22.09 / 484
    //   √(41.7225 / 484) = 6.45930 / 22 = 0.293605; divided by (1 − 0.78) × √100 = 2.2: 0.133457
    // Interval: 0.318182 ± 1.959964 × 0.133457 = 0.318182 ± 0.261571.
    [Fact]
    public void The_interval_of_kappa_is_that_of_Fleiss_Cohen_and_Everitt()
    {
        var interval = Agreement.Of(Table(80, 10, 5, 5)).Kappa!.Interval!.Value;

        interval.Low.ShouldBe(0.056611, 1e-5);
        interval.High.ShouldBe(0.579753, 1e-5);
    }

    // R. G. Newcombe, Two-Sided Confidence Intervals for the Single Proportion, Statistics in Medicine 17, 1998, 857–872, table I, score method without
    // continuity correction. The third by hand: z² / (n + z²) = 3.841459 / 23.841459 = 0.1611.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_share_is_Wilsons(int some, int count, double low, double high)
    {
        var interval = Agreement.Wilson(some / (double)count, count);

        interval.Low.ShouldBe(low, 5e-5);
        interval.High.ShouldBe(high, 5e-5);
    }

    // PABAK's interval is Wilson's of 0.85 among 100, doubled less one. By hand: z² = 3.841459; middle (0.85 + 0.019207) / 1.038415 = 0.837052;
    // reach 1.959964 × √(0.001275 + 0.0000960365) / 1.038415 = 0.069887: 0.767165 to 0.906939.
    [Fact]
    public void The_interval_of_PABAK_follows_that_of_the_share()
    {
        var interval = Agreement.Of(Table(80, 10, 5, 5)).Pabak!.Interval!.Value;

        interval.Low.ShouldBe(0.534330, 1e-4);
        interval.High.ShouldBe(0.813878, 1e-4);
    }

    // Four texts: met/met, not/not, can't/can't, met/can't. po = 3/4. First: 2 1 1, second: 1 1 2 of four; pe = (2 + 1 + 2) / 16 = 5/16;
    // κ = (7/16) / (11/16) = 7/11.
    // PABAK looks at the first two alone: 2 × 1 − 1 = 1.
    [Fact]
    public void Cannot_say_is_a_third_word_for_raw_agreement_and_kappa_and_none_for_PABAK()
    {
        var agreement = Agreement.Of([.. Both("1", Met, Met), .. Both("2", NotMet, NotMet), .. Both("3", CannotSay, CannotSay), .. Both("4", Met, CannotSay)]);

        agreement.Raw!.Value.ShouldBe(0.75, 1e-9);
        agreement.Kappa!.Value.ShouldBe(7 / 11.0, 1e-9);
        agreement.Pabak!.Value.ShouldBe(1, 1e-9);
    }

    // Ana and Berta agree on 4 of 4 (κ 1). Each of them with Carla on 2 of 3: po = 2/3, pe = 2/3 × 1/3 + 1/3 × 2/3 = 4/9, κ = (2/9) / (5/9) = 0.4.
    // Raw (4 + 2 + 2) / 10; κ (4 × 1 + 3 × 0.4 + 3 × 0.4) / 10 = 0.64.
    // Each text left out in turn: (3 × 1 + 2 × 0 + 2 × 0) / 7 = 3/7; 1; 3/7; (3 × 1 + 3 × 0.4 + 3 × 0.4) / 9 = 0.6. Their mean is 0.614286, their squares from
    // it add up to 0.217959; √(0.217959 × 3/4) = 0.404313; 0.64 − 1.959964 × 0.404313 = −0.152439, and above 1 there is no κ.
    [Fact]
    public void With_more_readers_the_numbers_are_the_mean_of_the_pairs_by_what_they_share()
    {
        var agreement = Agreement.Of(
        [
            .. Both("1", Met, Met), .. Both("2", Met, Met), .. Both("3", NotMet, NotMet), .. Both("4", NotMet, NotMet),
            Said("1", "carla", Met), Said("2", "carla", NotMet), Said("3", "carla", NotMet),
        ]);

        agreement.Texts.ShouldBe(4);
        agreement.Raw!.Value.ShouldBe(0.8, 1e-9);
        agreement.Pabak!.Value.ShouldBe(0.6, 1e-9);
        agreement.Kappa!.Value.ShouldBe(0.64, 1e-9);
        agreement.Kappa.Interval!.Value.Low.ShouldBe(-0.152439, 1e-5);
        agreement.Kappa.Interval.Value.High.ShouldBe(1);
    }

    [Fact]
    public void Where_all_lies_in_one_cell_kappa_is_not_defined_and_the_rest_is()
    {
        var agreement = Agreement.Of(Table(20, 0, 0, 0));

        agreement.Kappa.ShouldBeNull();
        agreement.Raw!.Value.ShouldBe(1);
        // As of 0 of 20, turned round.
        agreement.Raw.Interval!.Value.Low.ShouldBe(0.8389, 5e-5);
        agreement.Raw.Interval.Value.High.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_text_with_one_reader_says_nothing_of_agreement() =>
        Agreement.Of([Said("1", "ana", Met), Said("2", "berta", NotMet)]).ShouldBe(new Agreement(0, null, null, null));

    [Fact]
    public void Of_one_text_no_interval_of_kappa_is_told() => Agreement.Of(Both("1", Met, NotMet)).Kappa.ShouldBe(new Estimate(0, null));

    private static IEnumerable<Reading> Table(int bothMet, int firstMet, int secondMet, int bothNot) =>
        Enumerable.Repeat((Met, Met), bothMet).Concat(Enumerable.Repeat((Met, NotMet), firstMet))
            .Concat(Enumerable.Repeat((NotMet, Met), secondMet)).Concat(Enumerable.Repeat((NotMet, NotMet), bothNot))
            .SelectMany((said, at) => Both($"t{at}", said.Item1, said.Item2));

    private static Reading[] Both(string text, Verdict ana, Verdict berta) => [Said(text, "ana", ana), Said(text, "berta", berta)];

    private static Reading Said(string text, string reader, Verdict verdict) => new(text, reader, "offence", verdict);
}
