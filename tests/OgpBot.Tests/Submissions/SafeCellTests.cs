using OgpBot.Submissions.Export;

namespace OgpBot.Tests.Submissions;

public sealed class SafeCellTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+55")]
    [InlineData("-2")]
    [InlineData("@a")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    [InlineData("  =1")]
    [InlineData("\u00A0=1")]
    [InlineData("＝1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠a")]
    public void A_cell_that_would_begin_a_formula_gets_an_apostrophe(string text) => SafeCell.Write(text).ShouldBe("'" + text);

    [Theory]
    [InlineData("")]
    [InlineData("baches")]
    [InlineData("1+1=2")]
    [InlineData("«=»")]
    [InlineData("¿=?")]
    public void Any_other_stays_as_it_is(string text) => SafeCell.Write(text).ShouldBe(text);
}
