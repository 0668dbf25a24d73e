using System.Net;
using System.Net.Sockets;
using System.Text;
using DocumentFormat.OpenXml.Wordprocessing;
using OgpBot.Archive.Documents;
using static OgpBot.Tests.Archive.Documents.WordFile;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>What is read of a file of each kind, and what is said of one that can't be.</summary>
public sealed class DocumentReaderTests
{
    private const string Html = """
        <!doctype html><html><head><title>Título de la ventana</title><style>p { color: red }</style></head><body>
        <header>Gobierno de la Ciudad</header><nav><ul><li>Inicio</li></ul></nav>
        <main><h1>Plan de <em>Acción</em></h1>
        <p>El plan tiene
           cinco   ejes.<sup><a href="#n1">[12]</a></sup> Así lo dice.</p>
        <h3>Mesas</h3><ul><li><p>La mesa primera se reunió.</p></li><li>La mesa segunda no.<ul><li>Faltó quórum.</li></ul></li></ul>
        <table><tr><th>Mesa</th><th>Fecha</th></tr><tr><td>Primera</td><td>17 de <b>marzo</b></td></tr><tr><td></td><td><p>sin fecha</p></td></tr></table>
        <div>Suelto.<p hidden>Escondido.</p><p style="color: red; display : none">Invisible.</p><p aria-hidden="true">Callado.</p></div>
        <table><tr><td><h2>Anexo</h2><p>Dice algo más.</p></td></tr></table>
        <script>document.body.append("Hecho por un programa.")</script><noscript>Sin programas.</noscript><template>Molde.</template></main>
        <footer>Pie de página</footer></body></html>
        """;

    [Fact]
    public async Task Html_gives_headings_paragraphs_items_and_rows_and_nothing_around_them()
    {
        var text = await ReadAsync("plan.html", Html);

        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "# Plan de Acción", "El plan tiene cinco ejes.¹² Así lo dice.", "### Mesas", "- La mesa primera se reunió.", "- La mesa segunda no.", "- Faltó quórum.",
            "- Mesa | Fecha", "- Primera | 17 de marzo", "- sin fecha", "Suelto.", "## Anexo", "Dice algo más.",
        ]);
        PassagesOf(text).ShouldContain(new PassageText("Plan de Acción", null, "El plan tiene cinco ejes.¹² Así lo dice."));
        PassagesOf(text).ShouldContain(new PassageText("Mesas", null, "- Primera | 17 de marzo"));
        PassagesOf(text).ShouldContain(new PassageText("Anexo", null, "Dice algo más."));
    }

    [Theory]
    [InlineData("", "utf-8", false)]
    [InlineData("", "utf-8", true)]
    [InlineData("", "utf-16", true)]
    [InlineData("<meta charset=utf-8>", "utf-8", false)]
    [InlineData("<meta charset=\"iso-8859-1\">", "iso-8859-1", false)]
    [InlineData("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">", "iso-8859-1", false)]
    public async Task Html_is_read_in_its_own_charset(string meta, string charset, bool withPreamble)
    {
        var encoding = Encoding.GetEncoding(charset);
        byte[] bytes = [.. withPreamble ? encoding.GetPreamble() : [], .. encoding.GetBytes($"<html><head>{meta}</head><body><p>¿Cuántos años? Diez.</p>")];

        (await DocumentReader.ReadAsync("a.htm", bytes, TestContext.Current.CancellationToken)).Text.Trim().ShouldBe("¿Cuántos años? Diez.");
    }

    [Theory]
    [InlineData("", "windows-1252")]
    [InlineData("<meta charset=utf-8>", "windows-1252")]
    [InlineData("<meta charset=iso-8859-1>", "utf-8")]
    [InlineData("<meta charset=no-such>", "windows-1252")]
    [InlineData("<meta charset=windows-1251>", "utf-8")]
    [InlineData("<meta charset=iso-8859-15>", "iso-8859-15")]
    public async Task Html_that_says_nothing_or_something_wrong_of_its_charset_is_read(string meta, string charset)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var bytes = encoding.GetBytes($"<html><head>{meta}</head><body><p>La alcaldía Coyoacán publicó la niñez.</p>");

        (await DocumentReader.ReadAsync("a.html", bytes, TestContext.Current.CancellationToken)).Text.Trim().ShouldBe("La alcaldía Coyoacán publicó la niñez.");
    }

    [Fact]
    public async Task Soft_hyphens_are_no_letters() =>
        (await ReadAsync("a.html", "<p>El com&shy;pro&shy;mi&shy;so de movi\u00ADlidad y la al\u200Bcal\u2060día.</p>")).Trim().ShouldBe("El compromiso de movilidad y la alcaldía.");

    [Theory]
    [InlineData("<p>La meta es <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> de las obras.</p>", "La meta es … de las obras.", "a formula (after «La meta es»)")]
    [InlineData("<p>Véase el cuadro.</p><iframe src=x></iframe>", "Véase el cuadro.", "another page (after «Véase el cuadro.»)")]
    [InlineData("<object data=x></object><p>Texto.</p>", "Texto.", "an embedded object (at the beginning)")]
    public async Task What_of_html_is_not_read_is_told(string html, string text, string unread)
    {
        var read = await DocumentReader.ReadAsync("a.html", Encoding.UTF8.GetBytes(html), TestContext.Current.CancellationToken);

        read.Text.Trim().ShouldBe(text);
        read.Unread.ShouldBe([unread]);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.md")]
    [InlineData("a.html")]
    [InlineData("a.docx")]
    public async Task In_no_kind_of_file_a_line_that_stands_often_is_lost(string name)
    {
        const string Line = "Responsable: Secretaría de Obras.";
        string[] lines = ["Uno abrió la plaza.", Line, "Dos la barrió.", Line, "Tres la cerró.", Line];
        var bytes = Path.GetExtension(name) switch
        {
            ".docx" => Of([.. lines.Select(line => Paragraph(line))]),
            ".html" => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"<p>{line}</p>"))),
            _ => Encoding.UTF8.GetBytes(string.Join("\n\n", lines)),
        };

        PassagesOf((await DocumentReader.ReadAsync(name, bytes, TestContext.Current.CancellationToken)).Text).ShouldBe(lines.Select(line => new PassageText("", null, line)));
    }

    [Fact]
    public async Task Nothing_that_html_names_is_fetched()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/x";

        var text = await ReadAsync("a.html", $"""
            <html><head><base href="{url}"><meta http-equiv=refresh content="0;url={url}"><link rel=stylesheet href="{url}"><script src="{url}"></script></head>
            <body onload="fetch('{url}')"><p>Texto.</p><img src="{url}"><iframe src="{url}"></iframe><object data="{url}"></object><video src="{url}"></video></body></html>
            """);

        text.Trim().ShouldBe("Texto.");
        listener.Pending().ShouldBeFalse();
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<sup>")]
    [InlineData("<table><tr><td>")]
    public async Task Html_that_is_nested_without_end_is_refused(string element)
    {
        var error = await RefusedAsync("a.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(element, 20_000))));

        error.ShouldBe("its elements are nested too deep");
    }

    [Fact]
    public async Task Word_gives_headings_by_outline_and_by_name_in_both_languages()
    {
        Style[] styles = [Style("Ttulo1", "heading 1", outline: 0), Style("Apartado", "Apartado", basedOn: "Ttulo1"), Style("E2", "Título 2"), Style("Normal", "Normal")];
        var byItself = Paragraph("Cuarto");
        byItself.ParagraphProperties!.OutlineLevel = new OutlineLevel { Val = 3 };

        var text = await ReadAsync(Of(
            styles, [], Paragraph("Primero", "Ttulo1"), Paragraph("Dice algo.", "Normal"), Paragraph("Igual", "Apartado"), Paragraph("Segundo", "E2"), Paragraph("Sin estilo", "Ttulo3"), byItself));

        text.ShouldBe("# Primero\n\nDice algo.\n\n# Igual\n\n## Segundo\n\n### Sin estilo\n\n#### Cuarto\n\n");
    }

    [Fact]
    public async Task Word_gives_items_rows_and_notes_but_nothing_struck_out_or_hidden()
    {
        var text = await ReadAsync(Of(
            [],
            ["Artículo 6."],
            new Paragraph(Run("La ley manda."), Note(7), Run(" Y más"), new DeletedRun(new Run(new DeletedText("borrado"))), Run(".")),
            Item("Un punto."),
            new Table(Row("Mesa", "Fecha"), Row("Primera", "17 de marzo"), Row("", "sin fecha")),
            new Paragraph(new Run(new RunProperties(new Vanish()), new Text("Escondido.")), Run("Fin."))));

        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["La ley manda.¹ Y más.", "¹ Artículo 6.", "- Un punto.", "- Mesa | Fecha", "- Primera | 17 de marzo", "- sin fecha", "Fin."]);
    }

    [Fact]
    public async Task Word_passages_know_their_page_and_heading()
    {
        var text = await ReadAsync(Of(
            Paragraph("Inicio", "Heading1"),
            new Paragraph(Run("Una frase tan larga, con comas y palabras, que nadie la toma por título y que sigue"), PageBreak(), Run("en la otra página.")),
            Paragraph("Mesas", "Heading1"),
            Paragraph("La mesa se reunió.")));

        PassagesOf(text).ShouldBe(
            [new PassageText("Inicio", 1, "Una frase tan larga, con comas y palabras, que nadie la toma por título y que sigue … en la otra página."), new PassageText("Mesas", 2, "La mesa se reunió.")]);
    }

    [Fact]
    public async Task Where_Word_wrote_how_it_showed_the_file_each_page_counts_once()
    {
        var text = await ReadAsync(Of(
            Paragraph("En la primera."), new Paragraph(PageBreak()), new Paragraph(new Run(new LastRenderedPageBreak(), new Text("En la segunda.")))));

        PassagesOf(text).Select(passage => passage.Page).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Broken_word_files_are_refused()
    {
        const string Broken = "it is no Word file (.docx), or it is broken or protected by a password";
        var whole = Of(Paragraph("Texto."));
        byte[] encrypted = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512]];

        (await RefusedAsync("a.docx", whole[..(whole.Length / 2)])).ShouldBe(Broken);
        (await RefusedAsync("a.docx", encrypted)).ShouldBe(Broken);
        (await RefusedAsync("a.docx", With(whole, "word/document.xml", part => part.Write("<w:document"u8)))).ShouldBe(Broken);
        (await RefusedAsync("a.docx", With(whole, "[Content_Types].xml", part => part.Write("<Types/>"u8)))).ShouldBe(Broken);
        (await RefusedAsync("a.docx", With(whole, "word/document.xml", part => part.Write("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"u8)))).ShouldBe(Broken);
    }

    [Fact]
    public async Task Word_files_that_unpack_to_far_more_are_refused()
    {
        var bomb = With(Of(Paragraph("Texto.")), "word/media/image1.png", part =>
        {
            var zeros = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 201; megabyte++)
            {
                part.Write(zeros);
            }
        });

        (await RefusedAsync("a.docx", bomb)).ShouldBe("unpacked it is larger than 200 MB");
    }

    [Fact]
    public async Task Word_files_that_are_nested_without_end_are_refused()
    {
        var deep = With(Of(Paragraph("Texto.")), "word/document.xml", part => part.Write(Encoding.UTF8.GetBytes(
            $"{string.Concat(Enumerable.Repeat("<a>", 50_000))}{string.Concat(Enumerable.Repeat("</a>", 50_000))}")));

        (await RefusedAsync("a.docx", deep)).ShouldBe("its parts are nested too deep");
    }

    [Fact]
    public async Task More_pages_than_a_document_may_have_are_refused()
    {
        var most = string.Concat(Enumerable.Repeat("Una página.\f", DocumentReader.MostPages));

        (await ReadAsync("a.txt", most)).ShouldBe(most);
        (await RefusedAsync("a.txt", Encoding.UTF8.GetBytes($"{most}Otra."))).ShouldBe("it has 2,001 pages; 2,000 are the most");
    }

    [Fact]
    public async Task Other_kinds_are_refused_by_name() =>
        (await RefusedAsync("a.xls", [1])).ShouldBe("a file of the kind `.xls` can't be read; there are .txt, .md, .html, .htm, .docx, .pdf");

    private static async Task<string> ReadAsync(string name, string content) =>
        (await DocumentReader.ReadAsync(name, Encoding.UTF8.GetBytes(content), TestContext.Current.CancellationToken)).Text;

    private static async Task<string> ReadAsync(byte[] word) => (await DocumentReader.ReadAsync("a.docx", word, TestContext.Current.CancellationToken)).Text;

    private static async Task<string> RefusedAsync(string name, byte[] bytes) =>
        (await Should.ThrowAsync<UnreadableDocumentException>(() => DocumentReader.ReadAsync(name, bytes, TestContext.Current.CancellationToken))).Message;

    private static IReadOnlyList<PassageText> PassagesOf(string text) => Passages.Of(PlainText.Lines(text));
}
