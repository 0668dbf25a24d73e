using OgpBot.Criteria;

namespace OgpBot.Tests.Criteria;

/// <summary>How a text is cut into words, whatever hides them.</summary>
public sealed class CheckedTextTests
{
    [Theory]
    [InlineData("ÁRBOL, niño y pingüino", "arbol nino y pinguino")]
    [InlineData("b a c h e", "bache")]
    [InlineData("b-a-c-h-e s", "bache s")]
    [InlineData("b.a c.h", "b a c h")]
    [InlineData("a y o", "ayo")]
    [InlineData("a, y o", "a y o")]
    [InlineData("ba$ura", "basura")]
    [InlineData("b@che", "bache")]
    [InlineData("vecin@s y amig@", "vecinas y amiga")]
    [InlineData("juan@correo.mx", "juan correo mx")]
    [InlineData("b*che", "b*che")]
    [InlineData("bасhе", "bache")] // Cyrillic а, с, е
    [InlineData("вода", "вода")]
    [InlineData("$ 100", "100")]
    [InlineData("", "")]
    public void Words_are_read_as_a_reader_reads_them(string text, string words) =>
        string.Join(' ', new CheckedText(text).Tokens.Select(token => token.Folded)).ShouldBe(words);

    [Fact]
    public void Each_word_keeps_its_place_in_the_text()
    {
        const string Text = "😀 B a c h e, o árbol";

        new CheckedText(Text).Tokens.Select(token => Text[token.Start..token.End]).ShouldBe(["B a c h e", "o", "árbol"]);
    }

    [Fact]
    public void A_long_run_of_single_letters_is_not_one_word()
    {
        var tokens = new CheckedText(string.Join(' ', Enumerable.Repeat("a", 2_000))).Tokens;

        tokens.ShouldAllBe(token => token.Folded.Length <= 24);
        tokens.Sum(token => token.Folded.Length).ShouldBe(2_000);
    }
}
