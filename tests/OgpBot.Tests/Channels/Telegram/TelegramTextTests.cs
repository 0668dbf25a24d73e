using System.Globalization;
using System.Text;
using OgpBot.Channels.Telegram;
using Telegram.Bot.Extensions;

namespace OgpBot.Tests.Channels.Telegram;

public sealed class TelegramTextTests
{
    [Theory]
    [InlineData("uno", 10, "uno")]
    [InlineData("  uno \n", 10, "uno")]
    [InlineData(" \n ", 10)]
    [InlineData("uno dos tres", 12, "uno dos tres")]
    [InlineData("Uno dos.\n\nTres. Cuatro", 20, "Uno dos.", "Tres. Cuatro")]
    [InlineData("- uno dos.\n- tres. cuatro", 20, "- uno dos.", "- tres. cuatro")]
    [InlineData("Uno dos. Tres cuatro cinco", 20, "Uno dos.", "Tres cuatro cinco")]
    [InlineData("«¿Uno dos?» Tres cuatro cinco", 24, "«¿Uno dos?»", "Tres cuatro cinco")]
    [InlineData("uno dos tres cuatro", 10, "uno dos", "tres", "cuatro")]
    [InlineData("uno dos tres", 7, "uno dos", "tres")]
    [InlineData("unodostres", 4, "unod", "ostr", "es")]
    [InlineData("A.\n\nBcd efg hij klm nop", 20, "A.\n\nBcd efg hij klm", "nop")]
    [InlineData("Uno uno.\n\n- dos\n- tres cuatro", 20, "Uno uno.", "- dos\n- tres cuatro")]
    [InlineData("uno\r\n\r\ndos tres", 9, "uno", "dos tres")]
    public void Texts_are_split_at_a_paragraph_a_line_a_sentence_a_word_in_this_order(string text, int longest, params string[] pieces) =>
        TelegramText.Split(text, longest).ShouldBe(pieces);

    [Theory]
    [InlineData("😀😀😀", 3, "😀", "😀", "😀")]
    [InlineData("a👍🏽b👍🏽", 5, "a👍🏽", "b👍🏽")]
    [InlineData("e\u0301e\u0301e\u0301", 3, "e\u0301", "e\u0301", "e\u0301")]
    [InlineData("👨\u200d👩\u200d👧\u200d👦", 6, "👨\u200d👩\u200d", "👧\u200d👦")]
    public void What_a_reader_sees_as_one_character_is_not_torn_apart_unless_it_alone_is_too_long(string text, int longest, params string[] pieces) =>
        TelegramText.Split(text, longest).ShouldBe(pieces);

    [Fact]
    public void A_text_of_just_the_longest_length_stays_whole() =>
        TelegramText.Split(new string('a', TelegramText.Longest)).ShouldHaveSingleItem().Length.ShouldBe(4096);

    [Fact]
    public void Nothing_but_blanks_is_lost_and_no_piece_is_too_long_or_half_a_character_whatever_the_text()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 2000; round++)
        {
            var text = RandomText(random);
            var longest = random.Next(2, 60);

            var pieces = TelegramText.Split(text, longest);

            var seed = string.Create(CultureInfo.InvariantCulture, $"round {round}");
            pieces.All(piece => piece.Length <= longest && piece.Trim().Length > 0 && IsWhole(piece)).ShouldBeTrue(seed);
            WithoutBlanks(string.Concat(pieces)).ShouldBe(WithoutBlanks(text), seed);
            pieces.All(piece => FakeHtml.Read(HtmlText.Escape(piece)!) == piece).ShouldBeTrue(seed);
        }
    }

    [Theory]
    [InlineData("a < b && c > \"d\"", "a &lt; b &amp;&amp; c &gt; &quot;d&quot;")]
    [InlineData("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;")]
    [InlineData("Cuauhtémoc 😀", "Cuauhtémoc 😀")]
    public void Texts_are_escaped_so_that_they_are_shown_as_they_are(string text, string html)
    {
        HtmlText.Escape(text).ShouldBe(html);
        FakeHtml.Read(html).ShouldBe(text);
    }

    private static string RandomText(Random random)
    {
        string[] parts =
            ["a", "palabra", " ", " ", "\n", "\n\n", ". ", "? ", "😀", "👍🏽", "&", "<b>", "&amp;", "é", "\u3000", "supercalifragilístico"];
        var text = new StringBuilder();
        for (var count = random.Next(0, 60); count > 0; count--)
        {
            text.Append(parts[random.Next(parts.Length)]);
        }

        return text.ToString();
    }

    private static bool IsWhole(string piece) => piece.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static string WithoutBlanks(string text) => string.Concat(text.Where(unit => !char.IsWhiteSpace(unit)));
}
