using System.Text;
using OgpBot.Archive.Documents;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>What Word puts around words, strikes out, or says in ways of its own: nothing of it is lost without a word.</summary>
public sealed class WordTextTests
{
    [Theory]
    [InlineData("<w:smartTag w:uri='u' w:element='date'><w:smartTagPr><w:attr w:name='a' w:val='b'/></w:smartTagPr>{0}</w:smartTag>")]
    [InlineData("<w:smartTag w:uri='u' w:element='x'><w:smartTag w:uri='u' w:element='y'>{0}</w:smartTag></w:smartTag>")]
    [InlineData("<w:hyperlink w:anchor='a'><w:smartTag w:uri='u' w:element='x'>{0}</w:smartTag></w:hyperlink>")]
    [InlineData("<w:smartTag w:uri='u' w:element='x'><w:hyperlink w:anchor='a'>{0}</w:hyperlink></w:smartTag>")]
    [InlineData("<w:sdt><w:sdtPr/><w:sdtContent>{0}</w:sdtContent></w:sdt>")]
    [InlineData("<w:ins w:id='1' w:author='a'>{0}</w:ins>")]
    [InlineData("<w:moveTo w:id='1' w:author='a'>{0}</w:moveTo>")]
    [InlineData("<w:bdo w:val='ltr'>{0}</w:bdo>")]
    [InlineData("<w:dir w:val='ltr'>{0}</w:dir>")]
    [InlineData("<w:fldSimple w:instr='DATE'>{0}</w:fldSimple>")]
    [InlineData("<w:customXml w:uri='u' w:element='x'>{0}</w:customXml>")]
    [InlineData("<w:r><mc:AlternateContent><mc:Choice Requires='w14'><w:t>de marzo</w:t></mc:Choice><mc:Fallback><w:t>de marzo</w:t></mc:Fallback></mc:AlternateContent></w:r>")]
    [InlineData("<w:r><mc:AlternateContent><mc:Choice Requires='w14'/><mc:Fallback><w:t>de marzo</w:t></mc:Fallback></mc:AlternateContent></w:r>")]
    [InlineData("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>mar</w:t></w:r></w:rt><w:rubyBase>{0}</w:rubyBase></w:ruby></w:r>")]
    [InlineData("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>REF a</w:instrText><w:fldChar w:fldCharType='separate'/></w:r>{0}<w:r><w:fldChar w:fldCharType='end'/></w:r>")]
    public async Task Wrappers_are_read_through(string wrapper)
    {
        var inner = string.Format(null, wrapper, "<w:r><w:t>de marzo</w:t></w:r>");

        (await TextAsync(P($"{R("El acta es del 5 ")}{inner}{R(" y está firmada.")}"))).ShouldBe(["El acta es del 5 de marzo y está firmada."]);
        (await TextAsync($"<w:tbl><w:tr><w:tc>{P($"{R("5 ")}{inner}")}</w:tc><w:tc>{P(inner)}</w:tc></w:tr></w:tbl>")).ShouldBe(["- 5 de marzo | de marzo"]);
    }

    [Fact]
    public async Task Wrappers_of_rows_and_paragraphs_are_read_through() =>
        (await TextAsync($"<w:customXml w:element='x'>{P(R("Uno."))}</w:customXml><w:tbl><w:sdt><w:sdtContent><w:tr><w:customXml w:element='x'><w:tc>{P(R("Dos"))}</w:tc></w:customXml></w:tr></w:sdtContent></w:sdt></w:tbl>"))
            .ShouldBe(["Uno.", "- Dos"]);

    [Fact]
    public async Task A_note_in_a_smart_tag_and_a_smart_tag_in_a_note_are_read()
    {
        var file = WordFile.With(
            WordFile.Of([], ["Nota."]), "word/footnotes.xml",
            part => part.Write(Encoding.UTF8.GetBytes($"<w:footnotes {Names}><w:footnote w:id='7'>{P($"{R("Acta del ")}<w:smartTag w:uri='u' w:element='d'>{R("5 de marzo")}</w:smartTag>{R(".")}")}</w:footnote></w:footnotes>")));

        (await TextAsync(P($"<w:smartTag w:uri='u' w:element='x'>{R("Se firmó.")}<w:r><w:footnoteReference w:id='7'/></w:r></w:smartTag>"), file)).ShouldBe(["Se firmó.¹", "¹ Acta del 5 de marzo."]);
    }

    [Theory]
    [InlineData("<w:sym w:font='Wingdings' w:char='F0FC'/>", "✓")]
    [InlineData("<w:sym w:font='Wingdings' w:char='00FC'/>", "✓")]
    [InlineData("<w:sym w:font='Symbol' w:char='F0B3'/>", "≥")]
    [InlineData("<w:sym w:font='Segoe UI Symbol' w:char='2714'/>", "✔")]
    [InlineData("<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:sizeAuto/><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar>", "☒")]
    [InlineData("<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:sizeAuto/><w:default w:val='0'/></w:checkBox></w:ffData></w:fldChar>", "☐")]
    [InlineData("<w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/><w:listEntry w:val='sí'/></w:ddList></w:ffData></w:fldChar>", "sí")]
    public async Task Symbols_and_forms_are_read(string symbol, string sign) => (await TextAsync(P($"{R("Cumplido: ")}<w:r>{symbol}</w:r>{R(" según el acta.")}"))).ShouldBe([$"Cumplido: {sign} según el acta."]);

    [Fact]
    public async Task A_formula_of_plain_signs_is_read() => (await TextAsync(P($"<m:oMath><m:r><m:t>x=300</m:t></m:r></m:oMath>{R(" es la meta.")}"))).ShouldBe(["x=300 es la meta."]);

    [Theory]
    [InlineData("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "La meta es … de las obras.", "a formula")]
    [InlineData("<w:r><w:sym w:font='Wingdings' w:char='F021'/></w:r>", "La meta es … de las obras.", "the symbol F021 of the font Wingdings")]
    [InlineData("<w:r><w:object/></w:r>", "La meta es … de las obras.", "an embedded object")]
    [InlineData("<w:r><w:footnoteReference w:id='99'/></w:r>", "La meta es de las obras.", "a note")]
    [InlineData("<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'/></a:graphic></wp:inline></w:drawing></w:r>", "La meta es de las obras.", "a chart")]
    public async Task What_is_not_read_is_told_with_its_place(string part, string text, string unread)
    {
        var read = await ReadAsync(P($"{R("La meta es ")}{part}{R(" de las obras.")}"));

        read.Text.Trim().ShouldBe(text);
        read.Unread.ShouldBe([$"{unread} (after «La meta es»)"]);
    }

    [Fact]
    public async Task An_inserted_file_is_told() => (await ReadAsync($"{P(R("Sigue el anexo."))}<w:altChunk r:id='r9'/>")).Unread.ShouldBe(["an inserted file (after «Sigue el anexo.»)"]);

    [Theory]
    [InlineData("<w:drawing><wp:inline><a:graphic><a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>")]
    [InlineData("<w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>")]
    public async Task A_text_box_stands_apart_from_the_sentence_that_it_hangs_on(string box) =>
        (await TextAsync(P($"{R("El acta ")}<w:r>{string.Format(null, box, P(R("Dice el recuadro.")))}</w:r>{R("se firmó.")}"))).ShouldBe(["El acta se firmó.", "Dice el recuadro."]);

    [Fact]
    public async Task A_paragraph_mark_that_was_deleted_splits_no_sentence()
    {
        const string Deleted = "<w:pPr><w:rPr><w:del w:id='9' w:author='a'/></w:rPr></w:pPr>";

        (await TextAsync($"{P($"{Deleted}{R("La meta sería de ")}<w:del w:id='5' w:author='a'><w:r><w:delText>200 obras.</w:delText></w:r></w:del>")}{P($"{Deleted}{R("300 obras ")}")}{P(R("al año."))}"))
            .ShouldBe(["La meta sería de 300 obras al año."]);
        (await TextAsync($"<w:tbl><w:tr><w:tc>{P($"{Deleted}{R("Uno ")}")}{P(R("solo"))}</w:tc></w:tr></w:tbl>{P($"{Deleted}{R("Al fin")}")}")).ShouldBe(["- Uno solo", "Al fin"]);
    }

    [Theory]
    [InlineData("<w:tr><w:trPr><w:del w:id='1' w:author='a'/></w:trPr><w:tc>{0}</w:tc></w:tr>")]
    [InlineData("<w:tr><w:tc><w:tcPr><w:cellDel w:id='1' w:author='a'/></w:tcPr>{0}</w:tc></w:tr>")]
    [InlineData("<w:tr><w:tc><w:p><w:moveFrom w:id='1' w:author='a'><w:r><w:t>Borrada</w:t></w:r></w:moveFrom></w:p></w:tc></w:tr>")]
    [InlineData("<w:tr><w:tc><w:p><w:ins w:id='1' w:author='a'><w:del w:id='2' w:author='a'><w:r><w:delText>Borrada</w:delText></w:r></w:del></w:ins></w:p></w:tc></w:tr>")]
    public async Task What_was_deleted_or_moved_away_is_no_text(string row) =>
        (await TextAsync($"<w:tbl><w:tr><w:tc>{P(R("Queda"))}</w:tc></w:tr>{string.Format(null, row, P(R("Borrada")))}</w:tbl>")).ShouldBe(["- Queda"]);

    [Fact]
    public async Task What_a_form_asks_for_is_no_text() =>
        (await TextAsync(P($"{R("Nombre: ")}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{R("Haga clic aquí.")}</w:sdtContent></w:sdt>{R("anónimo")}"))).ShouldBe(["Nombre: anónimo"]);

    private const string Names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        + "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' "
        + "xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' xmlns:v='urn:schemas-microsoft-com:vml' "
        + "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'";

    private static string P(string content) => $"<w:p>{content}</w:p>";

    private static string R(string text) => $"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>";

    private static async Task<string[]> TextAsync(string body, byte[]? file = null)
    {
        var read = await ReadAsync(body, file);
        read.Unread.ShouldBeEmpty();
        return read.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task<DocumentText> ReadAsync(string body, byte[]? file = null) => DocumentReader.ReadAsync(
        "a.docx", WordFile.With(file ?? WordFile.Of(), "word/document.xml", part => part.Write(Encoding.UTF8.GetBytes($"<w:document {Names}><w:body>{body}</w:body></w:document>"))),
        TestContext.Current.CancellationToken);
}
