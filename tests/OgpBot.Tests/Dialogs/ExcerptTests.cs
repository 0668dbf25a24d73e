using OgpBot.Dialogs;

namespace OgpBot.Tests.Dialogs;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("La calle está rota", 18, "La calle está rota")]
    [InlineData("La calle está rota", 17, "La calle está")]
    [InlineData("La calle está rota", 13, "La calle está")]
    [InlineData("La calle está rota", 12, "La calle")]
    [InlineData("Inundaciones", 5, "Inund")]
    [InlineData(" Inundaciones", 5, " Inun")]
    public void A_text_is_cut_between_words(string text, int longest, string beginning) => Excerpt.Of(text, longest).ShouldBe(beginning);

    [Fact]
    public void Without_words_it_is_cut_where_it_gets_too_long() => Excerpt.Of("La calle está", 5, atWord: false).ShouldBe("La ca");

    [Theory]
    [InlineData("ab😀c", 3, "ab")]
    [InlineData("ab😀c", 4, "ab😀")]
    public void No_character_is_cut_in_two(string text, int longest, string beginning) => Excerpt.Of(text, longest).ShouldBe(beginning);

    [Fact]
    public void Only_what_was_cut_gets_dots()
    {
        Excerpt.Of("La calle", 8, "…").ShouldBe("La calle");
        Excerpt.Of("La calle", 7, "…").ShouldBe("La…");
        Excerpt.Quoted("La calle", 8).ShouldBe("«La calle»");
        Excerpt.Quoted("La calle", 7).ShouldBe("«La»…");
    }
}
