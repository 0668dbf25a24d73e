using System.Text;
using OgpBot.Archive.Documents;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>What is told from the furniture of pages, and where it stands.</summary>
public sealed class PassagesTests
{
    [Fact]
    public void Where_contents_tell_of_pages_a_head_that_stands_apart_is_left_out_and_counts_them()
    {
        var passages = Read("""
            Plaza Roble · Cuaderno

            La obra ........ 2


            Plaza Roble · Cuaderno

            Dos la barrió.


            Plaza Roble · Cuaderno

            Tres la cerró.
            """);

        passages.Select(passage => (passage.Page, passage.Text)).ShouldBe([(2, "Dos la barrió."), (3, "Tres la cerró.")]);
    }

    [Theory]
    [InlineData("Responsable: Secretaría de Obras.")]
    [InlineData("12")]
    [InlineData("\n\nFicha de compromiso.")]
    public void Where_there_are_no_pages_a_line_that_stands_often_is_text(string line)
    {
        var passages = Read($"{line}\n\nUno abrió la plaza.\n\n{line}\n\nDos la barrió.\n\n{line}\n\nTres la cerró.\n");

        passages.ShouldAllBe(passage => passage.Page == null);
        passages.Select(passage => passage.Text).ShouldBe([line.Trim(), "Uno abrió la plaza.", line.Trim(), "Dos la barrió.", line.Trim(), "Tres la cerró."]);
    }

    [Fact]
    public void Where_there_are_no_pages_a_title_that_stands_often_is_a_heading() =>
        Read("Avance\n\nUno abrió la plaza.\n\nAvance\n\nDos la barrió.\n\nAvance\n\nTres la cerró.\n").ShouldBe(
            [new PassageText("Avance", null, "Uno abrió la plaza."), new PassageText("Avance", null, "Dos la barrió."), new PassageText("Avance", null, "Tres la cerró.")]);

    [Fact]
    public void Within_pages_a_line_that_stands_often_is_text()
    {
        static string Page(string text) => $"Cuaderno\n\n{text}\n\nResponsable: el comité.\n\nSe firmó {text.Length} veces.\n\nBarrio Roble   {text.Length}\n";

        var passages = Read($"{Page("Uno abrió.")}\f{Page("Dos barrió.")}\f{Page("Tres la cerró.")}");

        passages.Select(passage => passage.Text).ShouldBe(
        [
            "Uno abrió.", "Responsable: el comité.", "Se firmó 10 veces.", "Dos barrió.", "Responsable: el comité.", "Se firmó 11 veces.",
            "Tres la cerró.", "Responsable: el comité.", "Se firmó 14 veces.",
        ]);
    }

    [Fact]
    public void Pages_of_a_file_whose_heads_stand_apart_have_none_in_the_text()
    {
        var passages = Read("Se firmó el acta.\n\n\vSe firmó el acta.\n\n\vSe firmó el acta.\n");

        passages.ShouldBe([new PassageText("", 1, "Se firmó el acta."), new PassageText("", 2, "Se firmó el acta."), new PassageText("", 3, "Se firmó el acta.")]);
    }

    [Fact]
    public void A_row_of_figures_is_no_line_of_the_contents() =>
        Read("Se contaron:\nluminarias puestas      312\nbancas de piedra   14\n").ShouldHaveSingleItem().Text.ShouldBe("Se contaron: luminarias puestas      312 bancas de piedra   14");

    [Fact]
    public void A_line_that_stands_twice_is_text() =>
        Read("Se plantó un roble.\n\nLlovió.\n\nSe plantó un roble.\n").Select(passage => passage.Text).ShouldBe(["Se plantó un roble.", "Llovió.", "Se plantó un roble."]);

    [Fact]
    public void Contents_are_no_text_and_tell_the_printed_pages()
    {
        var passages = Read("""
            Contenido

            El trazo ........ 7
            Las jardineras … … … 12

            El trazo

            Se dibujó a mano.

            Las jardineras

            Son de piedra.
            """);

        passages.ShouldBe([new PassageText("El trazo", 7, "Se dibujó a mano."), new PassageText("Las jardineras", 12, "Son de piedra.")]);
    }

    [Fact]
    public void A_sentence_that_the_contents_list_is_no_heading()
    {
        const string Sentence = "Las vecinas del barrio pidieron que la fuente quedara donde estaba desde hace cien años.";

        var passages = Read($"""
            La fuente ........ 3
            {Sentence} ........ 4

            La fuente

            {Sentence}

            Y ahí quedó.
            """);

        passages.Select(passage => (passage.Section, passage.Text)).ShouldBe([("La fuente", Sentence), ("La fuente", "Y ahí quedó.")]);
    }

    [Fact]
    public void A_line_alone_is_a_heading_where_it_ends_as_none_ends()
    {
        var passages = Read("""
            El comité

            Lo formaron siete personas.

            Nota: nadie cobró

            Acta firmada el 3 de mayo de 2021

            dos vecinas más
            """);

        passages.Select(passage => passage.Section).Distinct().ShouldBe(["El comité"]);
        passages.Select(passage => passage.Text).ShouldBe(["Lo formaron siete personas.", "Nota: nadie cobró", "Acta firmada el 3 de mayo de 2021", "dos vecinas más"]);
    }

    [Fact]
    public void The_dateline_of_a_letter_is_text()
    {
        var passages = Read("Barrio Roble, a 4 de abril de 2021\n\nEstimada vecina:\n\nLe escribo por la plaza.\n");

        passages.ShouldAllBe(passage => passage.Section.Length == 0);
        passages[0].Text.ShouldBe("Barrio Roble, a 4 de abril de 2021");
    }

    [Fact]
    public void Marked_headings_are_the_place_of_what_follows()
    {
        var passages = Read("# Memoria de la plaza\n\nEmpieza aquí.\n\n## **El riego**\nSe riega de noche.\n#sin blanco no es título\n");

        passages.Select(passage => (passage.Section, passage.Text)).ShouldBe(
            [("Memoria de la plaza", "Empieza aquí."), ("El riego", "Se riega de noche. #sin blanco no es título")]);
    }

    [Fact]
    public void A_form_feed_begins_a_page()
    {
        var passages = Read("Uno abrió la plaza.\n\fDos la barrió.\n\nTres la cerró.\n\f\nCuatro se fue.\n");

        passages.Select(passage => (passage.Page, passage.Text)).ShouldBe([(1, "Uno abrió la plaza."), (2, "Dos la barrió."), (2, "Tres la cerró."), (3, "Cuatro se fue.")]);
    }

    [Fact]
    public void Where_form_feeds_tell_the_pages_heads_and_feet_do_not_count_them_again()
    {
        static string Page(string text, int number) => $"Cuaderno de la plaza\n\n{text}\n\nBarrio Roble\n{number}\n";

        var passages = Read($"{Page("Uno abrió.", 1)}\f{Page("Dos barrió.", 2)}\f{Page("Tres cerró.", 3)}");

        passages.Select(passage => (passage.Page, passage.Text)).ShouldBe([(1, "Uno abrió."), (2, "Dos barrió."), (3, "Tres cerró.")]);
    }

    [Theory]
    [InlineData("- 12 -")]
    [InlineData("Página 12 de 40")]
    [InlineData("pág. 12")]
    public void The_number_of_a_page_is_no_text(string number) =>
        Read($"Se cavó un pozo.\n\n{number}\n\nDio agua.\n").Select(passage => passage.Text).ShouldBe(["Se cavó un pozo.", "Dio agua."]);

    [Theory]
    [InlineData("Se cavó un pozo.\n\n12\n\fDio agua.\n")]
    [InlineData("Se cavó un pozo.\n\f12 de 40\n\nDio agua.\n")]
    public void A_number_at_the_edge_of_a_page_is_no_text(string text) => Read(text).Select(passage => passage.Text).ShouldBe(["Se cavó un pozo.", "Dio agua."]);

    [Theory]
    [InlineData("\f")]
    [InlineData("\n\f")]
    [InlineData("\n\n12\n\f")]
    [InlineData("\n\n12\n\n\f\n")]
    public void A_sentence_that_goes_over_a_page_is_put_together_with_a_gap(string edge)
    {
        var passages = Read($"Las vecinas\npidieron que la{edge}fuente no se moviera.\n");

        passages.ShouldHaveSingleItem().Text.ShouldBe("Las vecinas pidieron que la … fuente no se moviera.");
    }

    [Fact]
    public void A_sentence_that_ended_at_the_edge_of_a_page_is_not_put_together() =>
        Read("Se movió la fuente.\fAhora está al norte.\n").ShouldBe([new PassageText("", 1, "Se movió la fuente."), new PassageText("", 2, "Ahora está al norte.")]);

    [Fact]
    public void A_heading_at_the_top_of_a_page_is_one() =>
        Read("Se movió la fuente.\fEl riego\n\nEs de noche.\n").ShouldBe([new PassageText("", 1, "Se movió la fuente."), new PassageText("El riego", 2, "Es de noche.")]);

    [Fact]
    public void Lines_may_end_as_in_other_systems() =>
        Read("## El riego\r\nEs de noche\r\ny a mano.\r\n\r\nNadie riega de día.\r").Select(passage => passage.Text).ShouldBe(["Es de noche y a mano.", "Nadie riega de día."]);

    [Fact]
    public void A_note_at_the_foot_stands_apart_and_the_sentence_goes_on_after_it()
    {
        var passages = Read("Las vecinas\npidieron que la\n\n¹ Acta del barrio, tomo dos.\n\ffuente no se moviera.\n");

        passages.Select(passage => passage.Text).ShouldBe(["¹ Acta del barrio, tomo dos.", "Las vecinas pidieron que la … fuente no se moviera."]);
    }

    [Fact]
    public void Lines_of_a_paragraph_are_one_and_items_of_a_list_are_apart() =>
        Read("Se compraron\ndos bancas.\n- Una de piedra.\n- Otra de\nmadera.\n1. La primera.\n").Select(passage => passage.Text)
            .ShouldBe(["Se compraron dos bancas.", "- Una de piedra.", "- Otra de madera.", "1. La primera."]);

    [Fact]
    public void A_long_paragraph_is_several_passages_of_whole_sentences()
    {
        var sentence = $"Se anotó {string.Join(' ', Enumerable.Repeat("roble", 60))}.";

        var passages = Read(string.Join(' ', Enumerable.Repeat(sentence, 8)));

        passages.Count.ShouldBeGreaterThan(1);
        passages.ShouldAllBe(passage => passage.Text.Length <= 1_500 && passage.Text.EndsWith('.'));
        string.Join(' ', passages.Select(passage => passage.Text)).ShouldBe(string.Join(' ', Enumerable.Repeat(sentence, 8)));
    }

    [Fact]
    public void A_word_that_is_divided_is_quoted_as_it_stands() =>
        Read("La propuesta fue aproba-\nda por el co\u00ADmité.\n").ShouldHaveSingleItem().Text.ShouldBe("La propuesta fue aproba- da por el co\u00ADmité.");

    [Theory]
    [InlineData("windows-1252", false, "año – “sí”")]
    [InlineData("utf-8", false, "año – “sí”")]
    [InlineData("utf-8", true, "año – “sí”")]
    [InlineData("utf-16", true, "año – “sí”")]
    [InlineData("utf-16BE", true, "año – “sí”")]
    [InlineData("windows-1252", false, "ALCALDÍA DE COYOACÁN")]
    [InlineData("windows-1252", false, "sin acento")]
    public void A_text_is_read_in_its_own_charset(string charset, bool withPreamble, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);

        PlainText.Decode([.. withPreamble ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]).ShouldBe(text);
    }

    [Fact]
    public void One_byte_of_another_charset_does_not_bend_the_rest() =>
        PlainText.Decode([.. Encoding.UTF8.GetBytes("niñez, alcaldía, atenci"), 0xF3, .. "n"u8]).ShouldBe("niñez, alcaldía, atención");

    private static IReadOnlyList<PassageText> Read(string text) => Passages.Of(PlainText.Lines(text));
}
