using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

/// <summary>What a message says is found by its likeness to examples: by few of them here, by those of the data in the golden conversations.</summary>
public sealed class IntentTests
{
    private const string Examples = """
        about.who_reads: >-
          quien lo va a leer; quien lee esto; a quien le llega; lo lee una persona; quien va a revisar lo que mando
        chat.thanks: >-
          gracias por todo; muchas gracias señorita; le agradezco mucho; dios la bendiga
        tells.problem: >-
          no hay agua en mi calle; los baches de la avenida son enormes; la basura se junta en la esquina;
          el alumbrado no sirve; roban en el parque
        """;

    private readonly DialogLibrary library = LibraryWith(Examples);

    [Theory]
    [InlineData("oiga, ¿y quién lo lee?", "about.who_reads")]
    [InlineData("MUCHAS GRACIAS!!", "chat.thanks")]
    [InlineData("la basura de la calle", "tells.problem")]
    public void A_message_says_what_the_examples_say_that_share_its_words(string text, string intent)
    {
        var found = library.IntentOf(text, "es").ShouldNotBeNull();

        found.Name.ShouldBe(intent);
        found.IsLikely.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("????")]
    [InlineData("xkq zzt wpp")]
    [InlineData("لا يوجد ماء")]
    public void Where_most_words_are_unknown_nothing_is_guessed(string text) => library.IntentOf(text, "es").ShouldBeNull();

    [Fact]
    public void Where_a_language_has_no_examples_nothing_is_guessed() => library.IntentOf("who reads this?", "en").ShouldBeNull();

    [Fact]
    public void The_same_examples_say_the_same_again()
    {
        var other = LibraryWith(Examples);

        foreach (var text in new[] { "quien revisa", "gracias", "agua en la esquina" })
        {
            other.IntentOf(text, "es").ShouldBe(library.IntentOf(text, "es"));
        }
    }

    // Dialogs that wait for none of them but `tells.problem`.
    private static DialogLibrary LibraryWith(string examples)
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        File.Delete(Path.Combine(dialogs, "intents.en.yaml"));
        var path = Path.Combine(dialogs, "intents.es.yaml");
        var others = File.ReadAllLines(path).Where(line => line.EndsWith(": >-", StringComparison.Ordinal)).Select(line => line[..^4])
            .Except(["about.who_reads", "chat.thanks", "tells.problem"]).Select(intent => $"{intent}: x{intent.Replace(".", "", StringComparison.Ordinal)}");
        File.WriteAllText(path, examples + Environment.NewLine + string.Join(Environment.NewLine, others) + Environment.NewLine);
        return DialogFolder.Load(dialogs);
    }
}
