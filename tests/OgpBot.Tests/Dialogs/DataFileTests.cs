using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

/// <summary>Data files are tested like code: each mistake is told with its file, its line and, where there is one, the name that was meant.</summary>
public sealed class DataFileTests
{
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "submission.yaml", "goto: cancel}", "goto: cancle}", "there is no step `cancle` in this dialog; did you mean `cancel`?" },
        { "submission.yaml", "ask: submission.problem", "ask: submission.problm", "there is no text `submission.problm`; did you mean `submission.problem`?" },
        { "submission.yaml", "from: axes", "from: axis", "`from: axis` is not known; did you mean `axes`?" },
        { "submission.yaml", "call: submissions.file", "call: submissions.fil", "nothing answers the call `submissions.fil`; did you mean `submissions.file`?" },
        { "submission.yaml", "{not_yet: not-yet, closed: closed, paused: paused}", "{shut: closed}", "`consultation.opening` never gives `shut`" },
        { "submission.yaml", "slot: scope, isNot: city", "slot: scop, isNot: city", "no step fills the slot `scop`; did you mean `scope`?" },
        { "submission.yaml", "progress: 3", "progres: 3", "`progres` is not known here; did you mean `progress`?" },
        { "submission.yaml", "progress: 3", "progress: tres", "`progress` must be a whole number" },
        { "submission.yaml", "- {id: done, end: clear}", "- {id: thanks, end: clear}", "the step `thanks` stands twice" },
        { "submission.yaml", "- {id: done, end: clear}", "- {id: done, finish: clear}", "a step has exactly one of" },
        { "submission.yaml", "tells: tells.topic", "tells: tells.topik", "the intent `tells.topik` has no examples in intents.es.yaml; did you mean `tells.topic`?" },
        { "submission.yaml", "hears: [answer.yes, command.send, command.skip]", "hears: [answer.yess]", "the intent `answer.yess` has no examples in intents.es.yaml; did you mean `answer.yes`?" },
        { "intents.es.yaml", "about.who_reads:", "about.who_read:", "the intent `about.who_read` leads nowhere; did you mean `about.who_reads`?" },
        { "submission.yaml", "  - {id: mark-summary", "  - {id: more, ask: submission.also, slot: mor, progress: 8}\n  - {id: mark-summary", "the slot `mor` is filled and kept nowhere: form.yaml has no such field" },
        { "submission.yaml", "  - {id: door-copy", "  - {id: unreached, say: submission.also}\n  - {id: door-copy", "no path reaches the step `unreached`" },
        { "form.yaml", "slot: also_said", "slot: also_sad", "no step fills the field `also_sad`; did you mean `also_said`?" },
        { "form.yaml", "slot: place, kind", "slot: plac, kind", "the field `place` is missing; did you mean `plac`?" },
        { "form.yaml", "kind: e-mail", "kind: mail", "`kind: mail` is not known; did you mean `e-mail`?" },
        { "form.yaml", "keeps: draft}", "keeps: drft}", "`keeps: drft` is not known; did you mean `draft`?" },
        { "form.yaml", "label: submission.field_axis", "label: submission.field_axs", "there is no text `submission.field_axs`; did you mean `submission.field_axis`?" },
        { "form.yaml", "slot: also_said, kind: text,", "slot: also_said, kind: text, corrected: true,", "no step fills `new_also_said`, by which the field would be corrected" },
        { "main.yaml", "call: submission}", "call: submision}", "there is no dialog `submision`; did you mean `submission`?" },
        { "main.yaml", "steps:", "steps: [", "this is not YAML" },
        { "consultation.yaml", "folioPrefix: PAGA", "folioPrefix: paga", "`folioPrefix` must be 2 to 8 capital letters" },
        { "consultation.yaml", "answerBy: 2027-06-30", "answerBy: 30/06/2027", "`30/06/2027` is not a day of the form 2026-07-05" },
        { "consultation.yaml", "timeZone: America/Mexico_City", "timeZone: America/Mexico", "the time zone `America/Mexico` is not known" },
        { "consultation.yaml", "pauses: []", "pauses: [{from: 2026-01-02, until: 2026-01-01, reason: x}]", "a pause needs `from` and `until`" },
        { "consultation.yaml", "pauses: []", "pauses: [{from: 2026-01-01, until: 2026-01-02, stops: submission, reason: x}]", "did you mean `submissions`?" },
        { "texts.es.yaml", "{folio}", "{folo}", "`{folo}` is no slot and no fact; did you mean `folio`?" },
        { "texts.en.yaml", "  changed: We go on in English.", "  chnged: We go on in English.", "the text `language.changed` is missing; did you mean `language.chnged`?" },
        { "texts.en.yaml", "{found_folio}", "it", "the text `folio.found` shows other values than in texts.es.yaml" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_file_and_a_suggestion(string file, string right, string wrong, string message)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.CopyDialogs(), file);
        var text = File.ReadAllText(path);
        text.ShouldContain(right);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));

        var problems = Should.Throw<DataException>(() => DialogFolder.Load(Path.GetDirectoryName(path)!)).Problems;

        problems.ShouldContain(problem => problem.File == file && problem.Message.Contains(message));
    }

    [Fact]
    public void A_mistake_is_told_with_its_line()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.CopyDialogs(), "help.yaml");
        File.WriteAllText(path, "steps:\n  - {id: a, say: help.text}\n\n  - {id: b, say: help.txt}\n");

        var problems = Should.Throw<DataException>(() => DialogFolder.Load(Path.GetDirectoryName(path)!)).Problems;

        problems.ShouldContain(new DataProblem("help.yaml", 4, "there is no text `help.txt`; did you mean `help.text`?"));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        File.WriteAllText(Path.Combine(dialogs, "help.yaml"), "steps:\n  - {id: a, say: no.one}\n  - {id: b, say: no.two}\n");

        Should.Throw<DataException>(() => DialogFolder.Load(dialogs)).Problems.Count(problem => problem.File == "help.yaml").ShouldBe(2);
    }
}
