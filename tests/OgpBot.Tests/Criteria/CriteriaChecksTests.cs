using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Criteria;

/// <summary>What each check finds, with the shipped words.</summary>
public sealed class CriteriaChecksTests
{
    private static readonly CriteriaChecks Checks = CriteriaChecks.Load(Repository.Dialogs, DialogFolder.Load(Repository.Dialogs).Consultation);

    [Theory]
    [InlineData("Hay mucha basura y humo en la colonia", "3")]
    [InlineData("No sabemos en qué se gasta el presupuesto", "1")]
    [InlineData("Los trámites en línea no funcionan", "2")]
    [InlineData("Nadie nos consulta; queremos asambleas de vecinos", "4")]
    [InlineData("Las mujeres sufren acoso en el transporte", "5")]
    [InlineData("TALARON LOS ARBOLES", "3")]
    public void The_words_of_a_text_speak_for_an_axis(string text, string axis)
    {
        var found = Checks.Axes(new CheckedText(text));

        found[0].Axis.ShouldBe(axis);
        found[0].Spans.ShouldNotBeEmpty();
        found[0].Confidence.ShouldBeInRange(0, 1);
        Of("axis", text).Outcome.ShouldBe(CriterionOutcome.Met);
    }

    [Fact]
    public void A_text_that_speaks_for_no_axis_is_doubted_and_never_asked_about()
    {
        var result = Of("axis", "Quiero una pista de patinaje.");

        result.Outcome.ShouldBe(CriterionOutcome.Doubt);
        Checks.IsAsked(result).ShouldBeFalse();
        Checks.Axes(new CheckedText("Quiero una pista de patinaje.")).ShouldBeEmpty();
    }

    [Fact]
    public void Places_are_counted_in_the_text_as_it_was_written()
    {
        const string Text = "😀😀 La contaminación, ¡qué horror!";

        var span = Checks.Axes(new CheckedText(Text)).ShouldHaveSingleItem().Spans.ShouldHaveSingleItem();

        span.ShouldBe(new TextSpan(8, 21, "contaminación"));
        Text[span.Start..span.End].ShouldBe(span.Text);
    }

    [Theory]
    [InlineData("Me cobraron de más en mi recibo", CriterionOutcome.Doubt)]
    [InlineData("Me cobraron de más, como a todos los vecinos", CriterionOutcome.Met)]
    [InlineData("No hay luz en la calle", CriterionOutcome.Met)]
    [InlineData("Perdí mi trabajo", CriterionOutcome.Met)]
    public void A_personal_affair_is_doubted_where_nobody_else_is_named(string text, CriterionOutcome outcome) => Of("collective", text).Outcome.ShouldBe(outcome);

    [Theory]
    [InlineData("asdfghjkl qwrtplk", CriterionOutcome.Doubt)]
    [InlineData("holaaaaaa holaaaaaa", CriterionOutcome.Doubt)]
    [InlineData("baches baches baches baches baches baches", CriterionOutcome.Doubt)]
    [InlineData("12345 ¿?", CriterionOutcome.Doubt)]
    [InlineData("Área verde", CriterionOutcome.Met)]
    [InlineData("El SACMEX no abre la válvula de la CDMX-102", CriterionOutcome.Met)]
    [InlineData("Three streets have no light at all", CriterionOutcome.Met)]
    [InlineData("لا يوجد ماء في الحي", CriterionOutcome.Met)]
    public void A_text_that_says_nothing_is_doubted(string text, CriterionOutcome outcome) => Of("substance", text).Outcome.ShouldBe(outcome);

    [Fact]
    public void A_proposal_that_copies_the_problem_is_doubted()
    {
        const string Problem = "Hay muchos baches en la avenida Central";

        Of("substance", "¡Hay muchos baches en la avenida central!", new CheckContext([Problem], [])).Outcome.ShouldBe(CriterionOutcome.Doubt);
        Of("substance", "Tapar los baches de la avenida con concreto", new CheckContext([Problem], [])).Outcome.ShouldBe(CriterionOutcome.Met);
    }

    [Theory]
    [InlineData("Llamen al 55 1234 5678 por favor", "Llamen al [teléfono] por favor")]
    [InlineData("Tel. (55)12345678", "Tel. [teléfono]")]
    [InlineData("Mi número: +52 1 55-1234-5678.", "Mi número: [teléfono].")]
    [InlineData("9981234567", "[teléfono]")]
    [InlineData("escriban a ana.lopez@example.org, gracias", "escriban a [correo], gracias")]
    [InlineData("su CURP es LOPA800101MDFRRN09", "su CURP es [CURP]")]
    [InlineData("RFC LOPA800101AB1", "RFC [RFC]")]
    [InlineData("un coche con placas ABC-123-D", "un coche con placas [placa]")]
    [InlineData("la señora Ana López Ruiz vive en Pino 23", "la señora [nombre y domicilio]")]
    public void Personal_data_is_found_and_masked(string text, string masked)
    {
        Of("personal_data", text).Outcome.ShouldBe(CriterionOutcome.Doubt);
        Checks.Mask(text, "es").ShouldBe(masked);
    }

    [Theory]
    [InlineData("Llamé al 55 5658 1111 y nadie contesta")]
    [InlineData("Marqué el 911 y el 072")]
    [InlineData("Costó $1,500,000.00 y 2500000000 pesos no alcanzan... $2500000000")]
    [InlineData("De 2019 a 2023, en la calle Juan de la Barrera 12")]
    [InlineData("El correo de la alcaldía es atencion@tlalpan.cdmx.gob.mx")]
    [InlineData("Las placas solares en cada casa")]
    public void What_belongs_to_a_body_or_to_nobody_is_left(string text) => Checks.Mask(text, "es").ShouldBe(text);

    [Fact]
    public void What_is_very_like_an_earlier_text_is_asked_about()
    {
        var filed = new CheckContext([], [new FiledText("PAGA-1", "Hay muchos baches en la avenida Central y los camiones se descomponen")]);

        Of("likeness", "Los camiones se descomponen por los muchos baches de la avenida Central", filed).Outcome.ShouldBe(CriterionOutcome.Doubt);
        Of("likeness", "Los camiones pasan llenos por la avenida Central", filed).Outcome.ShouldBe(CriterionOutcome.Met);
    }

    [Fact]
    public void Of_what_was_filed_only_the_last_five_beginnings_are_remembered()
    {
        string? slot = null;
        for (var count = 1; count <= 7; count++)
        {
            slot = FiledTextsSlot.Add(slot, new FiledText($"PAGA-{count}", new string('á', 299) + "😀😀"));
        }

        slot!.Length.ShouldBeLessThan(DialogEngine.LongestSlot);
        var remembered = FiledTextsSlot.Read(slot);
        remembered.Select(filed => filed.Folio).ShouldBe(["PAGA-3", "PAGA-4", "PAGA-5", "PAGA-6", "PAGA-7"]);
        remembered.ShouldAllBe(filed => filed.Text == new string('á', 299));
    }

    [Fact]
    public void A_city_adds_a_criterion_without_code()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        var consultation = Path.Combine(dialogs, "consultation.yaml");
        File.WriteAllText(Path.Combine(dialogs, "criteria", "advertising.yaml"), "own: [{words: [compre*, oferta*], why: sells something}]\nshared: []\n");
        File.WriteAllText(consultation, File.ReadAllText(consultation).Replace(
            "\ncriteria:\n",
            "\ncriteria:\n  - {id: advertising, check: shared, words: criteria/advertising.yaml, explanation: no anuncia nada, told: Parece un anuncio.}\n",
            StringComparison.Ordinal));

        var result = CriteriaChecks.Load(dialogs, DialogFolder.Load(dialogs).Consultation).Check(new CheckedText("¡Compre hoy!"), "problem", CheckContext.None)[0];

        (result.Id, result.Outcome, result.Reason.In("es")).ShouldBe(("advertising", CriterionOutcome.Doubt, "Parece un anuncio."));
    }

    [Theory]
    [InlineData("check: topics", "check: topic", "consultation.yaml", "there is no check `topic`; did you mean `topics`?")]
    [InlineData("words: criteria/axes.yaml", "words: criteria/axis.yaml", "criteria/axis.yaml", "the file can't be read")]
    [InlineData("    words: criteria/collective.yaml\n", "", "consultation.yaml", "the check `shared` needs `words`, the file that it reads")]
    public void A_mistake_in_a_criterion_is_told_with_its_file(string right, string wrong, string file, string message)
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        Change(Path.Combine(dialogs, "consultation.yaml"), right, wrong);

        Problems(dialogs).ShouldContain(problem => problem.File == file && problem.Message == message);
    }

    [Theory]
    [InlineData("axes.yaml", "{weight: 3, words:", "{weigth: 3, words:", "`weigth` is not known here; did you mean `weight`?")]
    [InlineData("axes.yaml", "\"3\":", "\"9\":", "`9` is not known here; did you mean `1`?")]
    [InlineData("collective.yaml", "shared:", "share:", "`share` is not known here; did you mean `shared`?")]
    [InlineData("personal-data.yaml", "- id: email\n    match: '", "- id: email\n    match: '(", null)]
    [InlineData("offence.yaml", "    outcome: not_met\n    reason: group", "    outcome: notmet\n    reason: group", "`notmet` is no outcome; did you mean `not_met`?")]
    [InlineData("offence.yaml", "    reason: group\n", "    reason: gruop\n", "there is no reason `gruop`; did you mean `group`?")]
    [InlineData("offence.yaml", "      - '<slur>'", "      - '<slurr>'", "there is no class `slurr`; did you mean `slur`?")]
    [InlineData("offence.yaml", "      - '<slur>'", "      - '<slur.plural>'", null)]
    [InlineData("offence.yaml", "      - '<slur>'", "      - '..4'", "`..4` asks for no word, so it would be found everywhere")]
    [InlineData("offence.yaml", "      - '<slur>'", "      - '<slur> ..99 <slur>'", "a gap is a number from 1 to 20, such as `..4`; `99` is none")]
    [InlineData("offence.yaml", "      - '<slur>'", "      - '{whoo} <slur>'", "there is no part `whoo`; did you mean `who`?")]
    [InlineData("offence.yaml", "      - '<slur>'", "      - '<slur'", "`<slur` lacks its `>`")]
    [InlineData("offence.yaml", "    despite: [negated]\n", "    despite: [negatd]\n", "there is no cancellation `negatd`; did you mean `negated`?")]
    [InlineData("offence.yaml", "    of: [insult-said, insult-you", "    of: [insult-sad, insult-you", "there is no statement `insult-sad`; did you mean `insult-said`?")]
    [InlineData("offence.yaml", "    where: over", "    where: ober", "`ober` is no place; did you mean `over`?")]
    [InlineData("offence.yaml", "  - id: slur-framed", "  - id: slur-said", "the id `slur-said` is there twice")]
    [InlineData("offence.yaml", "{why: disgust, words: [dan asco", "{words: [dan asco", "`why` is missing")]
    public void A_mistake_in_a_file_of_words_is_told_with_its_line(string file, string right, string wrong, string? message)
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        Change(Path.Combine(dialogs, "criteria", file), right, wrong);

        Problems(dialogs).ShouldContain(problem =>
            problem.File == $"criteria/{file}" && problem.Line > 1 && (message == null
            ? problem.Message.StartsWith("`match` is no regular expression") || problem.Message.StartsWith("there is no feature `plural`")
            : problem.Message == message));
    }

    private static IReadOnlyList<DataProblem> Problems(string dialogs) =>
        Should.Throw<DataException>(() => CriteriaChecks.Load(dialogs, DialogFolder.Load(dialogs).Consultation)).Problems;

    private static void Change(string path, string right, string wrong)
    {
        var text = File.ReadAllText(path);
        text.ShouldContain(right);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
    }

    private static CriterionResult Of(string id, string text, CheckContext? context = null) =>
        Checks.Check(new CheckedText(text), slot: null, context ?? CheckContext.None).Single(result => result.Id == id);
}
