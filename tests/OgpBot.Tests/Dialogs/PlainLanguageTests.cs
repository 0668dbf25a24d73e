using System.Text.RegularExpressions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

/// <summary>What citizens read is easy to read, and speaks to them with respect.</summary>
public sealed partial class PlainLanguageTests
{
    private const double LeastScore = 70;
    private const double LeastScoreOfText = 60;
    private const int LongText = 25;
    private const double MostWordsPerSentence = 20;

    // A label has no verb to be measured by.
    private const int LongestLabel = 4;

    private static readonly string[] NotRead = ["date.", "command.", "words.", "host.privacy_"];

    private static readonly Lazy<IReadOnlyList<(string Key, string Text)>> Sentences = new(ReadSentences);

    [Theory]
    [InlineData("ciudad", 2)]
    [InlineData("país", 2)]
    [InlineData("aéreo", 4)]
    [InlineData("que", 1)]
    [InlineData("guitarra", 3)]
    [InlineData("pingüino", 3)]
    [InlineData("alcaldía", 4)]
    [InlineData("muy", 1)]
    [InlineData("contestó", 3)]
    [InlineData("aporte", 3)]
    [InlineData("viudo", 2)]
    public void Syllables_are_counted_as_they_are_spoken(string word, int syllables) => Readability.SyllablesIn(word).ShouldBe(syllables);

    [Fact]
    public void A_plain_sentence_is_told_from_an_official_one()
    {
        Readability.Of("Escriba el nombre de su colonia. Si prefiere no decirlo, toque Omitir.").Score.ShouldBeGreaterThan(LeastScore);
        Readability.Of("La identificación de los requerimientos administrativos correspondientes constituye una responsabilidad institucional indelegable de las dependencias competentes.")
            .Score.ShouldBeLessThan(LeastScoreOfText);
    }

    [Fact]
    public void The_file_as_a_whole_is_quite_easy_to_read()
    {
        var all = Sentences.Value.Select(text => Readability.Of(text.Text)).Where(text => text.Words > 0).Aggregate((one, other) => one + other);

        TestContext.Current.TestOutputHelper?.WriteLine($"INFLESZ {all.Score:0.0}, {all.WordsPerSentence:0.0} words a sentence, {all.Words} words");
        all.Score.ShouldBeGreaterThanOrEqualTo(LeastScore);
        all.WordsPerSentence.ShouldBeLessThanOrEqualTo(MostWordsPerSentence);
    }

    [Fact]
    public void Each_longer_text_is_easy_to_read() => Sentences.Value
        .Select(text => (text.Key, Measure: Readability.Of(text.Text)))
        .Where(text => text.Measure.Words >= LongText && (text.Measure.Score < LeastScoreOfText || text.Measure.WordsPerSentence > MostWordsPerSentence))
        .Select(text => $"{text.Key}: {text.Measure.Score:0.0}, {text.Measure.WordsPerSentence:0.0} words a sentence").ShouldBeEmpty();

    [Fact]
    public void It_says_usted() => Sentences.Value.SelectMany(text => Familiar().Matches(text.Text).Select(match => $"{text.Key}: {match.Value}")).ShouldBeEmpty();

    // Without values, quotations, addresses and proper names; the welcome and the questions are read as they are.
    private static List<(string Key, string Text)> ReadSentences()
    {
        var texts = DialogFolder.Load(Repository.Dialogs).Texts["es"];
        return [.. texts.Keys
            .Where(key => !key.EndsWith("_also", StringComparison.Ordinal) && !key.EndsWith("_heard", StringComparison.Ordinal) && key != "submission.notice" && !NotRead.Any(section => key.StartsWith(section, StringComparison.Ordinal)))
            .Select(key => (key, Text: ProperName().Replace(Quotation().Replace(texts.Plain(key), " "), "$1")))
            .Where(text => text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > LongestLabel || text.Text.EndsWith('.') || text.Text.EndsWith('?'))];
    }

    [GeneratedRegex("«[^»]*»|/\\w+|\\S+@\\S+")]
    private static partial Regex Quotation();

    [GeneratedRegex(@"(?<=[\p{Ll},]\s)((?:de |la |los |y )?)(?:\p{Lu}\p{L}+\s?)+")]
    private static partial Regex ProperName();

    [GeneratedRegex(@"\b(tú|tu|tus|te|ti|contigo|tuyo|tuya|puedes|quieres|tienes|eres|escribe|elige|toca|cuéntanos|cuéntame|vos)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Familiar();
}
