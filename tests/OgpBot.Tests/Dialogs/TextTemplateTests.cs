using OgpBot.Dialogs;

namespace OgpBot.Tests.Dialogs;

public sealed class TextTemplateTests
{
    [Theory]
    [InlineData("Problema: {problem}", "Problema: baches")]
    [InlineData("A[?, alcaldía {borough}?].", "A.")]
    [InlineData("A[?, {problem} en {problem}?].", "A, baches en baches.")]
    [InlineData("[?{problem}?][?{borough}?]", "baches")]
    [InlineData("sin datos", "sin datos")]
    public void Values_are_shown_and_parts_without_them_are_left_out(string template, string shown) =>
        TextTemplate.Parse(template).Render(name => name == "problem" ? "baches" : null).ShouldBe(shown);

    [Fact]
    public void What_a_citizen_wrote_is_never_read_as_a_template() =>
        TextTemplate.Parse("«{problem}»").Render(_ => "{folio} [?x?]").ShouldBe("«{folio} [?x?]»");

    [Theory]
    [InlineData("{Problem}")]
    [InlineData("{problem")]
    [InlineData("[?{problem}")]
    public void A_broken_bracket_is_told(string template) => Should.Throw<FormatException>(() => TextTemplate.Parse(template));
}
