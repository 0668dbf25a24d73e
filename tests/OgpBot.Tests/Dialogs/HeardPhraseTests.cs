using OgpBot.Dialogs;

namespace OgpBot.Tests.Dialogs;

public sealed class HeardPhraseTests
{
    [Theory]
    [InlineData("ya mand*", "oiga ya lo mande", true)]
    [InlineData("ya mand*", "mande ya", false)]
    [InlineData("ya mand*", "ya le dije a mi hermana que mande", false)]
    [InlineData("mi folio", "cual es mi folio", true)]
    [InlineData("mi folio", "mi folios", false)]
    [InlineData("¿Cuál?", "cual", true)]
    [InlineData("uno, ya mand*", "ya mandado", true)]
    public void It_stands_in_this_order_with_few_words_between(string phrases, string said, bool isIn) =>
        HeardPhrase.Read(phrases).Any(phrase => phrase.IsIn(said.Split(' '))).ShouldBe(isIn);
}
