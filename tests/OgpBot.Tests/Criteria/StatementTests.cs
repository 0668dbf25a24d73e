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
    [InlineData("En la calle La Perra se fue la luz otra vez y nadie la arregla")]
    [InlineData("Vivo en la barranca de la Zorra y cuando llueve se inunda")]
    [InlineData("La colonia El Indio necesita alumbrado en el parque")]
    [InlineData("Los vecinos del cerro del Marrano pedimos agua potable")]
    [InlineData("El arroyo del Burro trae aguas negras desde hace años")]
    [InlineData("El panteón del Negro está abandonado y sin bardas")]
    [InlineData("Don Cornelio Bobo organiza las faenas del barrio")]
    [InlineData("La señora Zorra Martínez vende tamales y pide un lugar fijo")]
    [InlineData("El callejón de la Bruja no tiene rampas para sillas de ruedas")]
    [InlineData("Hay baches en la avenida Cerdo Negro esquina con Juárez")]
    [InlineData("La cerrada de los Ladrones ya tiene otro nombre pero sin señal")]
    [InlineData("La escuela primaria Benito Cabrón Ruiz no tiene baños")]
    [InlineData("Doña Pendeja Ruelas, de noventa años, no alcanza a subir las escaleras")]
    [InlineData("El paraje de Las Putas se quedó sin transporte nocturno")]
    [InlineData("El río Mojado se desborda junto al mercado")]
    [InlineData("El mercado de La Gata tiene fugas de gas")]
    [InlineData("El pueblo de Mierda de Toro pide una clínica")]
    [InlineData("La familia Culero Hernández donó el terreno del parque")]
    [InlineData("El rancho El Pinche Güero tapa el camino vecinal")]
    [InlineData("En Perra Flaca, cerca de Milpa Alta, no pasa el camión de la basura")]
    [InlineData("La ingeniera Guarro Peña presentó el estudio del drenaje")]
    [InlineData("La ruta de la Puta Vieja a Taxqueña tarda dos horas")]
    [InlineData("La estación Chinos Héroes del trolebús no tiene techo")]
    [InlineData("La cañada del Maricón se llenó de cascajo y llantas")]
    [InlineData("El licenciado Mamón García nos explicó el presupuesto participativo")]
    [InlineData("La plaza de los Prietos no tiene bancas")]
    [InlineData("En la loma de la Marrana no hay señal de teléfono")]
    [InlineData("El jardín La Golfa se convirtió en estacionamiento")]
    [InlineData("El señor Pito Cabrón Salas fue testigo del derrumbe del muro")]
    [InlineData("La unidad habitacional Los Idiotas Ilustres quiere un ahorro de agua")]
    [InlineData("La barranca El Maricón huele a drenaje todas las tardes")]
    [InlineData("En la calle del Puto Viejo siguen sin poner topes")]
    [InlineData("El cerro de la Puta tiene una antena que zumba toda la noche")]
    [InlineData("Doña Perra Salinas y otras vecinas barren la banqueta cada domingo")]
    [InlineData("El arroyo El Pendejo quedó entubado y ahora brota en las casas")]
    [InlineData("La colonia Indios Verdes pide más botes de basura")]
    [InlineData("El señor Cerdo Aguilar repara bicicletas y quiere un carril para ellas")]
    [InlineData("El panteón de San Marrano está lleno y no hay otro cerca")]
    [InlineData("La calzada del Negro Prieto se encharca en el bajo puente")]
    [InlineData("El barrio La Zorrilla y el barrio La Zorra comparten una sola toma de agua")]
    [InlineData("La profesora Idiota Campos pide libros para la biblioteca")]
    [InlineData("En Culebra Puta, municipio vecino, ya tienen separación de residuos")]
    [InlineData("El camino a Cabrones se deslavó con la tormenta")]
    [InlineData("La secundaria Francisco Bastardo no tiene maestros de inglés")]
    [InlineData("La glorieta del Joto Alegre necesita un semáforo peatonal")]
    [InlineData("En la presa La Ramera flotan botellas y animales muertos")]
    [InlineData("La peña del Pinche Burro está llena de grafiti")]
    [InlineData("Los hermanos Basura Ortega tienen el taller en la banqueta de siempre")]
    [InlineData("La iglesia de la Gorda pide que no tiren basura en el atrio")]
    [InlineData("El tianguis de los Chinos Feos ocupa la entrada de emergencias")]
    [InlineData("El doctor Tonto Villegas atiende gratis los jueves en la casa comunal")]
    [InlineData("Hay una fuga en el callejón de las Viejas Locas desde marzo")]
    [InlineData("La avenida Ladrón de Guevara está sin pintura en los cruces")]
    [InlineData("El deportivo La Marimacha cerró sus canchas por falta de luz")]
    [InlineData("El ejido Mal Parido quiere que le respeten su bosque")]
    [InlineData("El andador Rata Muerta es muy oscuro y ya asaltaron a dos personas")]
    [InlineData("Por la cuesta de la Mensa bajan camiones sin frenos")]
    [InlineData("La laguna del Naco se está secando y a nadie le importa")]
    [InlineData("La capilla del Huevón necesita una barda nueva")]
    [InlineData("El canal de la Cochina arrastra desechos de los rastros")]
    [InlineData("La familia Zorra donó los árboles")]
    [InlineData("La Av. Perra Brava no tiene banqueta")]
    [InlineData("La Sra. Puta Solís pide un pozo")]
    [InlineData("La barranca llamada la Zorra se tapó de basura")]
    public void A_name_of_a_place_or_a_person_is_no_insult(string text) => OutcomeOf(text).ShouldBe(Met);

    [Theory]
    [InlineData("Don Pendejo que nos gobierna no sirve para nada")]
    [InlineData("El señor Pendejo de la alcaldía no contesta")]
    [InlineData("El alcalde es un Pendejo y un ratero")]
    [InlineData("La directora es una Puta y todos lo saben")]
    [InlineData("Esos Putos policías no hacen nada")]
    [InlineData("En la calle hay puros indios mugrosos que deberían largarse")]
    [InlineData("Los Negros son unos animales")]
    [InlineData("En mi colonia los maricones dan asco")]
    [InlineData("Usted, señor Imbécil, no merece el cargo")]
    [InlineData("La señora Puta que cobra los recibos es una ladrona")]
    [InlineData("Doña Perra nos cobra de más, maldita Perra")]
    [InlineData("En esta calle los Pinches Indios ensucian todo, son una plaga")]
    [InlineData("MI COLONIA ESTÁ LLENA DE PUTOS MARICONES")]
    [InlineData("El licenciado Cabrón se robó el dinero del parque")]
    [InlineData("Hijo de Puta el que tiró el árbol")]
    [InlineData("La maestra es una Pendeja")]
    [InlineData("En esta colonia la Puta delegada no hace nada")]
    [InlineData("Mi calle, Pendejos rateros, está sin luz")]
    [InlineData("En la calle. Putos todos los de la alcaldía")]
    [InlineData("EN MI CALLE LOS PUTOS VECINOS TIRAN BASURA")]
    [InlineData("En La Calle Los Putos Maricones Dan Asco A Todos")]
    public void An_insult_is_one_however_large_it_is_written(string text) => OutcomeOf(text).ShouldNotBe(Met);

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
