using OgpBot.Archive;
using OgpBot.Archive.Answers;
using OgpBot.Archive.Documents;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive;

/// <summary>Documents in a real database: each is there whole, with all its passages, or not at all.</summary>
public sealed class ArchiveStoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private TestHost host = null!;

    private ArchiveStore Store => host.Get<ArchiveStore>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(folder.Path, SmallArchive.Settings(folder));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_document_is_named_as_its_file_and_has_its_details()
    {
        var file = Write("acta.txt", "El riego es de noche.\n");

        var (document, isNew, passages) = await Store.AddAsync(file, new DocumentDetails("Acta del riego", "Comité", "2021-05", "https://example.org/acta"), Token);

        isNew.ShouldBeTrue();
        passages.ShouldBe(1);
        (document.Name, document.Title, document.Publisher, document.Date, document.Url).ShouldBe(("acta", "Acta del riego", "Comité", "2021-05", "https://example.org/acta"));
        (await Store.ListAsync(withHistory: false, Token)).ShouldHaveSingleItem().Text.ShouldBe("El riego es de noche.\n");
        (await Store.PassagesAsync("acta", Token))!.ShouldHaveSingleItem().Text.ShouldBe("El riego es de noche.");
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var first = await host.AddDocumentAsync(folder);

        var again = await host.AddDocumentAsync(folder);

        again.IsNew.ShouldBeFalse();
        again.Document.Id.ShouldBe(first.Document.Id);
        again.Passages.ShouldBe(first.Passages);
        (await Store.ListAsync(withHistory: true, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_which_stays_in_the_history()
    {
        await host.AddAsync(Write("acta.txt", "El riego es de noche.\n"));
        host.Clock.Advance(TimeSpan.FromHours(1));

        var (_, isNew, _) = await host.AddAsync(Write("acta.txt", "El riego es de madrugada.\n"));

        isNew.ShouldBeTrue();
        (await Store.ListAsync(withHistory: false, Token)).ShouldHaveSingleItem().Text.ShouldBe("El riego es de madrugada.\n");
        var history = await Store.ListAsync(withHistory: true, Token);
        history.Select(document => document.ReplacedAt).ShouldBe([host.Clock.GetUtcNow(), null]);
        history[0].Text.ShouldBe("El riego es de noche.\n");
        (await Store.PassagesAsync("acta", Token))!.ShouldHaveSingleItem().Text.ShouldBe("El riego es de madrugada.");
        Found("noche").ShouldBeEmpty();
        Found("madrugada").ShouldBe(["El riego es de madrugada."]);
    }

    [Fact]
    public async Task A_removed_document_is_found_no_more_and_stays_in_the_history()
    {
        await host.AddDocumentAsync(folder);
        Found("quiosco").ShouldNotBeEmpty();

        (await Store.RemoveAsync(SmallArchive.Document, Token)).ShouldBeTrue();

        (await Store.ListAsync(withHistory: false, Token)).ShouldBeEmpty();
        (await Store.ListAsync(withHistory: true, Token)).ShouldHaveSingleItem().ReplacedAt.ShouldBe(host.Clock.GetUtcNow());
        (await Store.PassagesAsync(SmallArchive.Document, Token)).ShouldBeNull();
        Found("quiosco").ShouldBeEmpty();
        (await Store.RemoveAsync(SmallArchive.Document, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_removed_document_may_be_added_again()
    {
        await host.AddDocumentAsync(folder);
        await Store.RemoveAsync(SmallArchive.Document, Token);

        (await host.AddDocumentAsync(folder)).IsNew.ShouldBeTrue();

        Found("quiosco").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Reindexing_gives_the_same_passages_once()
    {
        var (_, _, passages) = await host.AddDocumentAsync(folder);
        await host.AddAsync(Write("acta.txt", "El riego es de noche.\n"));
        await host.AddAsync(Write("vieja.txt", "El pozo se tapó.\n"));
        await Store.RemoveAsync("vieja", Token);
        var before = (await Store.PassagesAsync(SmallArchive.Document, Token))!.Select(passage => (passage.Seq, passage.Section, passage.Text)).ToList();

        (await Store.ReindexAsync(Token)).ShouldBe((2, passages + 1));

        (await Store.PassagesAsync(SmallArchive.Document, Token))!.Select(passage => (passage.Seq, passage.Section, passage.Text)).ShouldBe(before);
        Found("quiosco").Count.ShouldBe(before.Count(passage => passage.Text.Contains("quiosco", StringComparison.Ordinal)));
        Found("pozo").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vacio.txt", "", "it is empty")]
    [InlineData("blanco.txt", " \n\n", "it holds no text")]
    [InlineData("hoja.xyz", "algo", "a file of the kind `.xyz` can't be read; there are .txt, .md")]
    public async Task What_cannot_be_read_is_told_and_leaves_nothing(string name, string text, string reason)
    {
        var error = await Should.ThrowAsync<UnreadableDocumentException>(() => host.AddAsync(Write(name, text)));

        error.Message.ShouldStartWith(reason);
        (await Store.ListAsync(withHistory: true, Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("La propuesta fue aproba-\nda en abril.\n", "aprobada", "La propuesta fue aproba- da en abril.")]
    [InlineData("Es del estudio socio-\neconómico de abril.\n", "económico", "Es del estudio socio- económico de abril.")]
    [InlineData("Es del estudio socio-\neconómico de abril.\n", "socioeconómico", "Es del estudio socio- económico de abril.")]
    [InlineData("DICTAMEN DE PROTEC-\nCIÓN CIVIL.\n", "protección", "DICTAMEN DE PROTEC- CIÓN CIVIL.")]
    [InlineData("Lo pidieron las veci-\n\f nas del barrio.\n", "vecinas", "Lo pidieron las veci- … nas del barrio.")]
    [InlineData("El com\u00ADpro\u00ADmi\u00ADso de abril.\n", "compromiso", "El com\u00ADpro\u00ADmi\u00ADso de abril.")]
    public async Task A_word_that_is_divided_is_found_whole_and_quoted_as_it_stands(string text, string word, string quoted)
    {
        await host.AddAsync(Write("acta.txt", text));

        Found(word).ShouldBe([quoted]);
    }

    [Fact]
    public async Task What_of_a_file_was_not_read_is_told()
    {
        var added = await host.AddAsync(Write("acta.html", "<p>La meta es <math><mi>x</mi></math> de las obras.</p>"));

        added.Unread.ShouldBe(["a formula (after «La meta es»)"]);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told() =>
        (await Should.ThrowAsync<UnreadableDocumentException>(() => host.AddAsync(folder.File("nada.txt")))).Message.ShouldBe("there is no such file");

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var path = folder.File("enorme.txt");
        await using (var file = File.Create(path))
        {
            file.SetLength(ArchiveStore.LongestFile + 1);
        }

        (await Should.ThrowAsync<UnreadableDocumentException>(() => host.AddAsync(path))).Message.ShouldBe("it is larger than 50 MB");
    }

    [Fact]
    public async Task A_version_that_cannot_be_read_leaves_the_old_one_as_it_was()
    {
        await host.AddAsync(Write("acta.txt", "El riego es de noche.\n"));

        await Should.ThrowAsync<UnreadableDocumentException>(() => host.AddAsync(Write("acta.txt", " \n")));

        (await Store.ListAsync(withHistory: true, Token)).ShouldHaveSingleItem().ReplacedAt.ShouldBeNull();
        Found("noche").ShouldBe(["El riego es de noche."]);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    private List<string> Found(string word) => [.. host.Get<ArchiveReader>().Search(host.Get<Lazy<ShippedArchive>>().Value.Lexicon.TermsOf(word), 10).Select(passage => passage.Text)];
}
