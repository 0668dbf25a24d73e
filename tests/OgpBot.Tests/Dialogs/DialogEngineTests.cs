using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

public sealed class DialogEngineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("Coyoacán", "Coyoacán")]
    [InlineData("COYOACAN", "Coyoacán")]
    [InlineData("4", "Coyoacán")]
    [InlineData("16", "Xochimilco")]
    [InlineData("obregon", "Álvaro Obregón")]
    [InlineData("gam", "Gustavo A. Madero")]
    [InlineData("la magdalena", "La Magdalena Contreras")]
    [InlineData("juárez", "Benito Juárez")]
    [InlineData("17", null)]
    [InlineData("0", null)]
    [InlineData("a", null)]
    [InlineData("alvaro benito", null)]
    [InlineData("", null)]
    [InlineData("🙂", null)]
    public void A_typed_answer_counts_like_a_pressed_one(string typed, string? chosen)
    {
        var engine = Engine("""
            steps:
              - {id: pick, choose: submission.borough, slot: borough, from: boroughs}
              - {id: rest, choose: main.menu, choices: [{label: main.menu_folio, goto: rest}]}
            """);

        var answered = engine.Answer(engine.Begin(new DialogState()).State, typed);

        var slot = answered.State.Slots.GetValueOrDefault("borough")?.Value;
        (slot is null ? null : Library.Consultation.Boroughs.Single(borough => borough.Value == slot).Title.In("es")).ShouldBe(chosen);
    }

    [Fact]
    public void The_engine_gives_the_same_for_the_same_and_leaves_what_it_was_given_alone()
    {
        var engine = new DialogEngine(DialogFolder.Load(Repository.Dialogs));
        var begun = engine.Begin(new DialogState());
        var before = begun.State.ToJson();

        var once = engine.Answer(begun.State, "4");
        var twice = engine.Answer(begun.State, "4");

        once.State.ToJson().ShouldBe(twice.State.ToJson());
        begun.State.ToJson().ShouldBe(before);
    }

    [Fact]
    public void A_state_survives_being_stored()
    {
        var engine = new DialogEngine(DialogFolder.Load(Repository.Dialogs));
        var state = engine.Answer(engine.Begin(new DialogState()).State, "4").State;

        DialogState.FromJson(state.ToJson()).ToJson().ShouldBe(state.ToJson());
        state.Stack.Select(frame => $"{frame.Dialog}/{frame.Step}").ShouldBe(["main/folio", "folio/ask"]);
    }

    [Fact]
    public void A_state_of_dialogs_that_are_gone_falls_back_and_keeps_its_slots()
    {
        var engine = new DialogEngine(DialogFolder.Load(Repository.Dialogs));
        var old = new DialogState
        {
            Stack = [new Frame("main", "submit"), new Frame("submission", "a-step-that-was")],
            Slots = new Dictionary<string, Slot> { ["problem"] = new("El agua no llega a varias calles.", "x") },
        };

        var result = engine.Answer(old, "menu");

        result.State.Slots["problem"].Value.ShouldBe("El agua no llega a varias calles.");
        result.Activities[^1].Choices.Count.ShouldBe(5);
    }

    [Fact]
    public void A_circle_in_the_data_stops_at_the_limit_of_steps() => Should.Throw<DialogLimitException>(() =>
        Engine("steps:\n  - {id: a, branch: [{goto: b}]}\n  - {id: b, branch: [{goto: a}]}\n").Begin(new DialogState()));

    [Fact]
    public void Dialogs_that_call_one_another_stop_at_the_limit_of_depth() => Should.Throw<DialogLimitException>(() =>
        Engine("steps:\n  - {id: a, call: help}\n  - {id: b, say: help.text}\n", replaceHelp: "steps:\n  - {id: a, call: help}\n  - {id: t, say: help.text}\n").Begin(new DialogState()));

    [Fact]
    public void A_slot_takes_the_longest_text_in_any_script_and_no_more()
    {
        var engine = Engine("""
            steps:
              - {id: ask, ask: submission.problem, slot: problem, min: 20}
              - {id: rest, choose: main.menu, choices: [{label: main.menu_folio, goto: rest}]}
            """);
        var begun = engine.Begin(new DialogState()).State;
        var longest = string.Concat(Enumerable.Repeat("😀", DialogEngine.LongestText));

        engine.Answer(begun, longest).State.Slots["problem"].Value.ShouldBe(longest);
        engine.Answer(begun, longest + "a").State.Slots.ShouldBeEmpty();
    }

    [Fact]
    public void A_digression_in_a_digression_comes_back_to_the_same_question()
    {
        var engine = new DialogEngine(DialogFolder.Load(Repository.Dialogs));
        var state = engine.Begin(new DialogState()).State;
        for (var times = 0; times < 3 * DialogEngine.MostFrames; times++)
        {
            state = engine.Answer(state, "idioma").State;
        }

        state.Stack.Select(frame => frame.Dialog).ShouldBe(["main", "language"]);
        engine.Answer(state, "menu").Activities[^1].Choices.Count.ShouldBe(5);
    }

    [Fact]
    public void An_option_that_newer_data_no_longer_have_is_asked_for_again()
    {
        var engine = new DialogEngine(DialogFolder.Load(Repository.Dialogs));
        var old = new DialogState
        {
            DialogsVersion = "older",
            Stack = [new Frame("main", "submit"), new Frame("submission", "proposal")],
            Slots = new Dictionary<string, Slot>
            {
                ["consent"] = new("accepted", "x"),
                ["problem"] = new("El agua no llega a varias calles.", "x"),
                ["axis"] = new("9", "x"),
                ["scope"] = new("city", "x"),
                ["place"] = new("", "x"),
            },
        };

        var slots = engine.Answer(old, "hola").State.Slots;

        slots.Keys.ShouldBe(["consent", "problem", "scope", "place"], ignoreOrder: true);
    }

    [Fact]
    public void A_text_that_came_in_two_messages_is_taken_back_from_both()
    {
        var engine = Engine("""
            steps:
              - {id: problem, ask: submission.problem, slot: problem}
              - {id: more, choose: main.menu, choices: [{label: main.menu_folio, goto: more}], otherwise: {goto: join}}
              - {id: join, branch: [{goto: joined, appends: {problem: said}}, {goto: too-long}]}
              - {id: joined, branch: [{goto: more, withdraws: problem}]}
              - {id: too-long, choose: main.again, choices: [{label: main.menu_folio, goto: more}]}
            """);
        var asked = engine.Answer(engine.Begin(new DialogState()).State, "No hay agua.", "first").State;

        engine.Answer(asked, "Tampoco hay luz.", "second").Withdrawn.Select(slot => (slot.Value, slot.Activity)).ShouldBe(
            [("No hay agua.", "first"), ("Tampoco hay luz.", "second"), ("No hay agua.\nTampoco hay luz.", "second")]);
        engine.Answer(asked, new string('a', DialogEngine.LongestText), "second").State.Stack[^1].Step.ShouldBe("too-long");
    }

    public void Dispose() => folder.Dispose();

    private DialogLibrary Library { get; set; } = null!;

    // The shipped data with another main dialog.
    private DialogEngine Engine(string main, string? replaceHelp = null)
    {
        var dialogs = folder.CopyDialogs();
        File.WriteAllText(Path.Combine(dialogs, "main.yaml"), main);
        if (replaceHelp is not null)
        {
            File.WriteAllText(Path.Combine(dialogs, "help.yaml"), replaceHelp);
        }

        Library = DialogFolder.Load(dialogs);
        return new DialogEngine(Library);
    }
}
