using OgpBot.Dialogs;

namespace OgpBot.Tests.Dialogs;

public sealed class TextFoldTests
{
    [Theory]
    [InlineData("Género e INCLUSIÓN", "genero e inclusion")]
    [InlineData("  ¿Cómo va el plan?  ", "como va el plan")]
    [InlineData("Ge\u0301nero", "genero")]
    [InlineData("Gustavo A. Madero", "gustavo a madero")]
    [InlineData("ÑANDÚ pingüino", "nandu pinguino")]
    [InlineData("/menú", "/menu")]
    [InlineData("…¡!", "")]
    [InlineData("日本語", "日本語")]
    public void What_is_typed_in_a_hurry_is_the_same(string typed, string folded) => TextFold.Fold(typed).ShouldBe(folded);
}
