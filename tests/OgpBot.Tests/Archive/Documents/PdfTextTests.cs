using System.Text;
using OgpBot.Archive.Documents;
using OgpBot.Archive.Documents.PdfFiles;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>The order in which a page is read, what of it is no text, and what is said of a file that can't be read.</summary>
public sealed class PdfTextTests
{
    private static readonly string[] Left =
        ["El comité de la plaza acordó que", "la fuente se quede donde está y", "que nadie mueva los bancos de", "piedra hasta que termine la obra"];

    private static readonly string[] Right =
        ["de la calle de atrás. La presidenta", "pidió que el acta se publique en", "la gaceta del barrio antes de que", "acabe el mes de marzo."];

    private const string Whole = "El comité de la plaza acordó que la fuente se quede donde está y que nadie mueva los bancos de piedra hasta que termine la obra de la calle de atrás. "
        + "La presidenta pidió que el acta se publique en la gaceta del barrio antes de que acabe el mes de marzo.";

    [Fact]
    public async Task Passages_know_their_page() =>
        (await PassagesAsync(PdfFile.Of(page => page.At(72, 700, "La mesa primera se reunió."), page => page.At(72, 700, "La mesa segunda no."))))
            .ShouldBe([new PassageText("", 1, "La mesa primera se reunió."), new PassageText("", 2, "La mesa segunda no.")]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_columns_are_read_one_after_the_other(bool drawnAcross)
    {
        var pdf = PdfFile.Of(page =>
        {
            page.At(72, 740, "Acta del comité de la plaza y de sus vecinas y vecinos del barrio.");
            var lines = Left.Select((text, at) => (X: 72, Y: 700 - (14 * at), Text: text)).Concat(Right.Select((text, at) => (X: 320, Y: 700 - (14 * at), Text: text)));
            foreach (var (x, y, text) in drawnAcross ? lines.OrderByDescending(line => line.Y) : lines)
            {
                page.At(x, y, text);
            }

            page.At(72, 600, "Esto queda debajo de las dos columnas y va de un lado al otro de la hoja.");
        });

        (await PassagesAsync(pdf)).Select(passage => passage.Text).ShouldBe(["Acta del comité de la plaza y de sus vecinas y vecinos del barrio.", Whole, "Esto queda debajo de las dos columnas y va de un lado al otro de la hoja."]);
    }

    [Fact]
    public async Task A_note_below_the_columns_is_read_after_both()
    {
        var pdf = PdfFile.Of(page =>
        {
            for (var at = 0; at < Left.Length; at++)
            {
                page.At(72, 700 - (14 * at), Left[at]);
            }

            for (var at = 0; at < Right.Length; at++)
            {
                page.At(320, 700 - (14 * at), Right[at]);
            }

            page.At(72, 633, "1", 6);
            page.At(78, 630, "Acta del barrio.", 8);
        });

        (await PassagesAsync(pdf)).Select(passage => passage.Text).ShouldBe([Whole, "¹ Acta del barrio."]);
    }

    [Fact]
    public async Task A_table_is_read_by_its_rows_and_a_cell_of_two_lines_is_one()
    {
        var pdf = PdfFile.Of(page =>
        {
            page.At(72, 700, "Compromiso", 10);
            page.At(250, 700, "Avance", 10);
            page.At(400, 700, "Obras", 10);
            for (var row = 0; row < 3; row++)
            {
                page.At(72, 670 - (40 * row), $"Luminaria {row}", 10);
                page.At(250, 670 - (40 * row), "se puso en la calle", 10);
                page.At(250, 658 - (40 * row), "del mercado", 10);
                page.At(400, 670 - (40 * row), $"{row + 7}", 10);
            }
        });

        (await PassagesAsync(pdf)).Select(passage => passage.Text).ShouldBe(
        [
            "- Compromiso | Avance | Obras", "- Luminaria 0 | se puso en la calle del mercado | 7", "- Luminaria 1 | se puso en la calle del mercado | 8",
            "- Luminaria 2 | se puso en la calle del mercado | 9",
        ]);
    }

    [Fact]
    public async Task Heads_and_feet_are_left_out_and_what_stands_on_many_pages_elsewhere_is_not()
    {
        static Action<PdfFile> Page(int number, double y) => page =>
        {
            page.At(72, 780, "Gaceta del barrio");
            page.At(500, 780, $"{number}");
            page.At(72, y, $"El acta {number * 11} se leyó entera.");
            page.At(72, y - 40, "Responsable: el comité de la plaza.");
            page.At(72, 30, $"Página {number} de 3");
        };

        (await PassagesAsync(PdfFile.Of(Page(1, 700), Page(2, 650), Page(3, 600)))).Select(passage => (passage.Page, passage.Text)).ShouldBe(
        [
            (1, "El acta 11 se leyó entera."), (1, "Responsable: el comité de la plaza."),
            (2, "El acta 22 se leyó entera."), (2, "Responsable: el comité de la plaza."),
            (3, "El acta 33 se leyó entera."), (3, "Responsable: el comité de la plaza."),
        ]);
    }

    [Fact]
    public async Task A_heading_that_every_page_begins_with_is_text()
    {
        static Action<PdfFile> Page(int number) => page =>
        {
            page.At(72, 740, $"Compromiso {number}", 18);
            page.At(72, 700, "Se plantaron robles en la plaza.");
        };

        (await PassagesAsync(PdfFile.Of(Page(1), Page(2), Page(3)))).Select(passage => passage.Section).ShouldBe(["Compromiso 1", "Compromiso 2", "Compromiso 3"]);
    }

    [Fact]
    public async Task Divided_words_are_one_and_a_hyphen_of_their_own_stays()
    {
        var pdf = PdfFile.Of(page =>
        {
            page.At(72, 700, "La propuesta de biciesta-");
            page.At(72, 686, "cionamientos fue aproba-");
            page.At(72, 672, "da por su costo-");
            page.At(72, 658, "beneficio. El costo-beneficio");
            page.At(72, 644, "se mide.");
        });

        (await PassagesAsync(pdf)).ShouldHaveSingleItem().Text.ShouldBe("La propuesta de biciestacionamientos fue aprobada por su costo-beneficio. El costo-beneficio se mide.");
    }

    [Fact]
    public async Task A_raised_number_is_the_mark_of_a_note()
    {
        var pdf = PdfFile.Of(page =>
        {
            page.At(72, 700, "La ley manda.");
            page.At(72 + 72.7, 704, "1", 6);
            page.At(72 + 82, 700, "Y se cumple.");
        });

        (await PassagesAsync(pdf)).ShouldHaveSingleItem().Text.ShouldBe("La ley manda.¹ Y se cumple.");
    }

    [Fact]
    public async Task Items_of_a_list_are_apart_and_a_number_within_a_sentence_begins_none()
    {
        var pdf = PdfFile.Of(page =>
        {
            page.At(72, 700, "1. Primero se barre la plaza.");
            page.At(72, 686, "2. Luego se riega.");
            page.At(72, 650, "La vecina de la esquina leyó en voz alta el punto");
            page.At(72, 636, "7. El comité lo aprobó sin que nadie se opusiera.");
        });

        (await PassagesAsync(pdf)).Select(passage => passage.Text).ShouldBe(
            ["1. Primero se barre la plaza.", "2. Luego se riega.", "La vecina de la esquina leyó en voz alta el punto 7. El comité lo aprobó sin que nadie se opusiera."]);
    }

    [Fact]
    public async Task Words_that_stand_upright_at_the_margin_stand_apart()
    {
        var pdf = PdfFile.Of(page =>
        {
            page.Upright(60, 600, "Copia sin valor.");
            page.At(72, 700, "El comité de la plaza acordó que la fuente");
            page.At(72, 686, "se quede donde está y que nadie la mueva.");
        });

        (await PassagesAsync(pdf)).Select(passage => passage.Text).ShouldBe(["El comité de la plaza acordó que la fuente se quede donde está y que nadie la mueva.", "Copia sin valor."]);
    }

    [Fact]
    public async Task Pages_that_are_pictures_are_named_and_blank_ones_are_not()
    {
        var read = await ReadAsync(PdfFile.Of(page => page.At(72, 700, "La mesa se reunió."), page => page.Line(), _ => { }, page => page.At(72, 700, "La mesa cerró.")));

        read.Unread.ShouldBe(["page 2 (it holds no text; is it a picture?)"]);
        Passages.Of(PlainText.Lines(read.Text)).Select(passage => passage.Page).ShouldBe([1, 4]);
    }

    [Fact]
    public async Task A_scanned_file_is_told() =>
        (await RefusedAsync(PdfFile.Of(_ => { }, _ => { }))).ShouldBe("it holds no text, its pages are pictures; have them recognised (OCR) first, or add the document as .docx, .html or .txt");

    [Fact]
    public async Task A_locked_file_is_not_called_broken()
    {
        // The password of this one is nobody's: both entries are invented (https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 7.6.3).
        var key = new string('A', 64);
        var locked = PdfFile.Of($"/ID [<{key}> <{key}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>", page => page.At(72, 700, "Secreto."));

        (await RefusedAsync(locked)).ShouldBe("it is protected by a password; add a copy without one");
    }

    [Theory]
    [InlineData("no es un PDF")]
    [InlineData("%PDF-1.4\n")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")]
    public async Task A_broken_file_is_refused(string content) => (await RefusedAsync(Encoding.Latin1.GetBytes(content))).ShouldBe("it is no PDF file, or it is broken");

    [Fact]
    public async Task What_takes_too_long_is_given_up()
    {
        var error = await Should.ThrowAsync<UnreadableDocumentException>(() => PdfText.ReadAsync(PdfFile.Of(page => page.At(72, 700, "Texto.")), TimeSpan.Zero, TestContext.Current.CancellationToken));

        error.Message.ShouldBe("it could not be read within 0 seconds");
    }

    private static Task<DocumentText> ReadAsync(byte[] pdf) => DocumentReader.ReadAsync("a.PDF", pdf, TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<PassageText>> PassagesAsync(byte[] pdf) => Passages.Of(PlainText.Lines((await ReadAsync(pdf)).Text));

    private static async Task<string> RefusedAsync(byte[] pdf) => (await Should.ThrowAsync<UnreadableDocumentException>(() => ReadAsync(pdf))).Message;
}
