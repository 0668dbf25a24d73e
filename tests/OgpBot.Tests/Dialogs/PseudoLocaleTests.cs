using System.Text.RegularExpressions;
using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

/// <summary>Another language is another file: with one made up of marked texts, no sentence of another language is ever shown.</summary>
public sealed partial class PseudoLocaleTests
{
    [Fact]
    public void With_a_made_up_language_every_sentence_comes_from_its_file()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        File.WriteAllText(Path.Combine(dialogs, "texts.xx.yaml"), Marked(File.ReadAllText(Path.Combine(dialogs, "texts.es.yaml"))));
        var library = DialogFolder.Load(dialogs);
        var engine = new DialogEngine(library);
        var state = new DialogState { Slots = new Dictionary<string, Slot> { [DialogEngine.LanguageSlot] = new("xx", null) } };

        var begun = engine.Begin(state);
        var asked = engine.Answer(begun.State, "¿?!");
        var helped = engine.Answer(asked.State, "⟦ayuda⟧");

        foreach (var said in begun.Activities.Concat(asked.Activities).Concat(helped.Activities))
        {
            said.Text.ShouldStartWith("⟦");
            said.Choices.ShouldAllBe(choice => choice.StartsWith('⟦'));
        }

        helped.Activities.Count.ShouldBe(2);
    }

    // Marks each text, in one line or in a block; lists of words stay lists.
    private static string Marked(string yaml) => Block().Replace(OneLine().Replace(yaml, "${key}\"⟦${text}⟧\""), "${key}${first}⟦");

    [GeneratedRegex("""^(?<key> +[a-z_0-9]+: )"?(?<text>[^|>"\n#][^"\n]*)"?$""", RegexOptions.Multiline)]
    private static partial Regex OneLine();

    [GeneratedRegex("""^(?<key> +[a-z_0-9]+: [|>]-\n)(?<first> +)""", RegexOptions.Multiline)]
    private static partial Regex Block();
}
