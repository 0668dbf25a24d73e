using System.Globalization;
using System.Xml;
using OgpBot.Archive.Plan;
using OgpBot.Tests.Archive.Plan;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages.Plan;

/// <summary><c>/plan.atom</c> is what RFC 4287 asks for, and its entries keep their names.</summary>
public sealed class PlanFeedTests
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task It_has_an_entry_for_each_stage_and_each_event_the_newest_first()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path, new Dictionary<string, string?> { ["OgpBot:Telegram:PublicUrl"] = "https://ciudad.example/" });
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(host.Address, "/plan.atom"), TestContext.Current.CancellationToken);
        var feed = Read(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/atom+xml; charset=utf-8");
        answer.Headers.ETag.ShouldNotBeNull();
        var root = feed.DocumentElement!;
        (root.LocalName, root.NamespaceURI, root.GetAttribute("xml:lang")).ShouldBe(("feed", Atom, "es"));
        foreach (var name in new[] { "id", "title", "updated", "author" })
        {
            root.ChildNodes.OfType<XmlElement>().Count(child => child.LocalName == name).ShouldBe(1, name);
        }

        root["author", Atom]!["name", Atom]!.InnerText.ShouldBe("OgpBot");
        Links(root).ShouldBe(["self https://ciudad.example/plan.atom", "alternate https://ciudad.example/plan"]);
        var plan = PlanReader.Read(Repository.Archive);
        var entries = Entries(feed);
        entries.Count.ShouldBe(plan.Stages.Count + plan.Events.Count);
        entries.Select(entry => entry["id", Atom]!.InnerText).ShouldBeUnique();
        entries.ForEach(entry => Guid.Parse(entry["id", Atom]!.InnerText["urn:uuid:".Length..]));
        entries.ShouldAllBe(entry => entry["content", Atom]!.InnerText.Length > 0 && Links(entry).Count() == 1);
        var updated = entries.Select(entry => DateTimeOffset.ParseExact(entry["updated", Atom]!.InnerText, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).ToList();
        updated.ShouldBe(updated.OrderDescending());
        root["updated", Atom]!.InnerText.ShouldBe("2023-06-06T00:00:00Z");
        entries.Select(entry => entry["title", Atom]!.InnerText).ShouldContain("Publicación en la Gaceta Oficial: Vencido, no consta que se hiciera");
        entries.Select(entry => entry["title", Atom]!.InnerText).ShouldContain("24 de noviembre de 2022: Presentación de compromisos y cierre de las mesas.");
    }

    [Fact]
    public async Task An_edit_of_words_keeps_the_names_of_the_entries_and_a_date_moves_one_to_the_top()
    {
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        var process = Path.Combine(PlanFolder.Copy(folder), "process.yaml");
        await using var host = await TestHost.StartAsync(folder.File("data"), new Dictionary<string, string?> { ["OgpBot:ArchiveDirectory"] = folder.Path }, clock: clock);
        using var http = new HttpClient();
        var address = new Uri(host.Address, "/plan.atom");
        var before = Read(await http.GetStringAsync(address, TestContext.Current.CancellationToken));

        PlanFolder.Replace(process, "Se instala el Consejo de Gobierno Abierto.", "Se instaló el Consejo.");
        PlanFolder.Replace(process, "    state: overdue\n    note:\n      es: \"Debía publicarse;", "    actual: 2027-03-01\n    state: done\n    note:\n      es: \"Debía publicarse;");
        clock.Advance(TimeSpan.FromSeconds(1));
        var after = Read(await http.GetStringAsync(address, TestContext.Current.CancellationToken));

        Ids(after).ShouldBe(Ids(before), ignoreOrder: true);
        Entries(after)[0]["title", Atom]!.InnerText.ShouldBe("Publicación en la Gaceta Oficial: Hecho");
        Entries(after)[0]["updated", Atom]!.InnerText.ShouldBe("2027-03-01T00:00:00Z");
        after.DocumentElement!["updated", Atom]!.InnerText.ShouldBe("2027-03-01T00:00:00Z");
    }

    private static XmlDocument Read(string text)
    {
        var feed = new XmlDocument();
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        feed.Load(reader);
        return feed;
    }

    private static List<XmlElement> Entries(XmlDocument feed) => [.. feed.DocumentElement!.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == "entry")];

    private static IEnumerable<string> Ids(XmlDocument feed) => Entries(feed).Select(entry => entry["id", Atom]!.InnerText);

    private static IEnumerable<string> Links(XmlElement parent) =>
        parent.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == "link").Select(link => $"{link.GetAttribute("rel")} {link.GetAttribute("href")}");
}
