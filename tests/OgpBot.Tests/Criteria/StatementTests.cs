using OgpBot.Criteria;
using OgpBot.Criteria.Statements;
using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Criteria;

/// <summary>What counts as an offence with the shipped words: who is spoken of, what is said, and what takes it back.</summary>
public sealed class StatementTests
{
    private const CriterionOutcome Met = CriterionOutcome.Met, Doubt = CriterionOutcome.Doubt, NotMet = CriterionOutcome.NotMet;

    // Five times what the heaviest of them needs. Work that grew faster than the text would need a hundred times as much.
    private const int MostSteps = 50_000;

    private static readonly Consultation Consultation = DialogFolder.Load(Repository.Dialogs).Consultation;
    private static readonly CriteriaChecks Checks = CriteriaChecks.Load(Repository.Dialogs, Consultation);
    private static readonly StatementCheck Check = Read();

    [Theory]
    [InlineData("Los inspectores son corruptos", Met)]
    [InlineData("Los funcionarios son unos ineptos", Met)]
    [InlineData("Los gitanos son corruptos", NotMet)]
    [InlineData("Las banquetas dan asco", Met)]
    [InlineData("Las lesbianas dan asco", NotMet)]
    [InlineData("Hay que quemar la basura", Met)]
    [InlineData("Hay que quemar a los migrantes", NotMet)]
    [InlineData("Echen a los coches de la plaza", Met)]
    [InlineData("Echemos a los haitianos de la plaza", NotMet)]
    [InlineData("Ese inspector es un pendejo", Doubt)]
    public void How_grave_a_statement_is_depends_on_who_is_spoken_of_and_what_is_said(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("Las mujeres del mercado barren la calle")]
    [InlineData("Mi maestra es una mujer trans y la queremos")]
    [InlineData("Una familia judía vive arriba")]
    [InlineData("El perro negro duerme en la silla vieja")]
    public void Naming_a_group_is_no_offence(string text) => OutcomeOf(text).ShouldBe(Met);

    [Theory]
    [InlineData("Los gitanos son unos ladrones", NotMet)]
    [InlineData("Los gitanos no son unos ladrones", Met)]
    [InlineData("Los gitanos no son más que ladrones", NotMet)]
    [InlineData("Nadie ha dicho que los gitanos sean unos ladrones", Met)]
    [InlineData("No hay agua, y los gitanos son unos ladrones", NotMet)]
    public void A_negation_holds_in_its_own_clause(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("El letrero dice «las lesbianas dan asco»", Met)]
    [InlineData("Escribir \"las lesbianas dan asco\" hiere a muchas", Met)]
    [InlineData("«Las lesbianas dan asco»", NotMet)]
    public void Quoted_words_that_are_spoken_about_are_not_the_writers(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("Mi tío dice que los haitianos son una plaga", Met)]
    [InlineData("Los haitianos son una plaga, eso dice mi tío", NotMet)]
    [InlineData("Hay gente que piensa que las sordas son tontas", Met)]
    [InlineData("Me gritaron joto en la ventanilla", Met)]
    public void What_others_said_is_reported_when_they_are_named_before(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("Es racismo creer que los indígenas son flojos")]
    [InlineData("Denuncio que los inspectores golpearon a los gays del parque")]
    [InlineData("El odio a los migrantes crece en la colonia")]
    [InlineData("Quien odia a los migrantes no sabe lo que es cruzar un río")]
    public void Speaking_against_hate_is_no_offence(string text) => OutcomeOf(text).ShouldBe(Met);

    [Theory]
    [InlineData("Soy joto y pido baños seguros", Met)]
    [InlineData("Nuestra colectiva de lenchas pide luz en la calle", Met)]
    [InlineData("Ahí viene el joto", Doubt)]
    public void A_word_taken_back_by_those_it_was_made_for_is_no_offence(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("Mi perra necesita correa y bozal", Met)]
    [InlineData("Cállate, perra", Doubt)]
    [InlineData("Puta madre, otra vez sin agua", Met)]
    [InlineData("Me vale madre el partido, quiero agua", Met)]
    public void Beasts_and_exclamations_are_nobodys_insult(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("Voy a matar a los sordos", NotMet)]
    [InlineData("Voy a matar los mosquitos", Met)]
    [InlineData("Hay que matar a todos esos taxistas", Doubt)]
    [InlineData("Hay que cerrar todos esos baches", Met)]
    public void The_personal_a_tells_persons_from_things(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Theory]
    [InlineData("Los m1gr4nt3s son b4sura")]
    [InlineData("Los m i g r a n t e s son basura")]
    [InlineData("Los migrantes son basuraaaa")]
    [InlineData("Los mіgrantеs son basura")] // Cyrillic і and е
    [InlineData("Los migrantse son basura")]
    [InlineData("Los migrants son basura")]
    [InlineData("Las lezbianas son basura")]
    [InlineData("Losmigrantes son basura")]
    public void A_hidden_word_is_read_as_a_reader_reads_it(string text) => OutcomeOf(text).ShouldNotBe(Met);

    [Theory]
    [InlineData("La mariac está rota", Met)]
    [InlineData("Se vende un pendjo usado", Met)]
    [InlineData("Se vende un pendejo usado", Doubt)]
    [InlineData("Se vende un pendeeejo usado", Doubt)]
    public void A_word_that_was_repaired_says_nothing_alone(string text, CriterionOutcome outcome) => OutcomeOf(text).ShouldBe(outcome);

    [Fact]
    public void The_work_is_bounded_whatever_the_text()
    {
        string[] parts = ["p u t o ", "son unos ", "pendejo ", "los negros y las mujeres que son muy ", "hay que matar a los judíos ", "no que dice "];

        var slow = parts.Select(part => (part, Steps: StepsOf(string.Concat(Enumerable.Repeat(part, 2_000 / part.Length))))).Where(found => found.Steps > MostSteps);

        slow.ShouldBeEmpty();
    }

    [Fact]
    public void Places_are_counted_in_UTF_16_units_of_the_text_as_it_was_written()
    {
        const string Text = "😀 ¡Ay! Los g i t a n o s son unos ladrones, sí";

        var span = Of(Text).Spans.ShouldHaveSingleItem();

        span.Text.ShouldBe("Los g i t a n o s son unos ladrones");
        Text[span.Start..span.End].ShouldBe(span.Text);
        span.Start.ShouldBe(8);
    }

    [Fact]
    public void Every_reason_speaks_to_the_citizen_as_usted_in_both_languages()
    {
        foreach (var text in (string[])["Los gitanos son basura", "Voy a matar a los sordos", "Fuera haitianos", "Es un pendejo", "Ahí viene el joto"])
        {
            var reason = Of(text).Reason;
            reason.In("es").ShouldNotBeNullOrWhiteSpace();
            reason.In("en").ShouldNotBe(reason.In("es"));
            foreach (var familiar in (string[])["tú", "tu", "tus", "te", "quieres", "puedes", "escribe"])
            {
                reason.In("es").Split(' ', '.', ',', ';', '¿', '?').ShouldNotContain(familiar);
            }
        }
    }

    private static CriterionOutcome OutcomeOf(string text) => Of(text).Outcome;

    private static CriterionResult Of(string text) =>
        Checks.Check(new CheckedText(text), slot: null, CheckContext.None).Single(result => result.Id == "offence");

    private static int StepsOf(string text)
    {
        Check.Find(new CheckedText(text), out var steps);
        return steps;
    }

    private static StatementCheck Read()
    {
        var problems = new List<DataProblem>();
        var check = StatementCheck.Read(
            Consultation.Criteria.Single(criterion => criterion.Id == "offence"),
            DataNode.Read(Path.Combine(Repository.Dialogs, "criteria", "offence.yaml"), "offence.yaml", problems));
        problems.ShouldBeEmpty();
        return check;
    }
}
