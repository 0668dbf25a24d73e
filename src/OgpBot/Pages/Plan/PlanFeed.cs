using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using OgpBot.Archive.Plan;
using OgpBot.Dialogs;

namespace OgpBot.Pages.Plan;

/// <summary>
/// <c>/plan.atom</c>: an entry for each stage and each event, the newest first, in Spanish. See https://www.rfc-editor.org/rfc/rfc4287. Dates are those of the
/// data, not of the file: a copy of the file is no news.
/// </summary>
internal sealed class PlanFeed(Lazy<DialogLibrary> library, Lazy<PlanFile> file)
{
    /// <summary>Texts that must be there.</summary>
    internal static readonly string[] Keys = ["page.plan.feed_event", "page.plan.feed_stage"];

    private const string Atom = "http://www.w3.org/2005/Atom";

    // The public calls a host by one name, so the last one made is nearly always the next.
    private Made? last;

    /// <param name="site">Where the public finds this host: readers show links as they are, without asking where the feed came from.</param>
    internal CompressedText Current(string site)
    {
        var plan = file.Value.Current;
        if (last is { } made && made.Plan == plan && made.Site == site)
        {
            return made.Text;
        }

        var text = new CompressedText(Write(plan, site), "application/atom+xml; charset=utf-8");
        last = new Made(plan, site, text);
        return text;
    }

    private string Write(PlanStatus plan, string site)
    {
        var texts = library.Value.Texts[LocalizedText.DefaultLanguage];
        var words = new PlanWords(texts);
        var entries = Stages(plan, texts, words).Concat(Events(plan, texts, words)).OrderByDescending(entry => entry.Updated).ToList();
        var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, texts.Language);
            xml.WriteElementString("id", IdOf("plan"));
            xml.WriteElementString("title", texts.Plain("page.plan.title"));
            xml.WriteElementString("subtitle", plan.Summary.In(texts.Language));
            xml.WriteElementString("updated", Moment(entries.Select(entry => entry.Updated).Append(plan.AsOf.Date.Last).Max()));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", texts.Plain("page.name"));
            xml.WriteEndElement();
            Link(xml, "self", "application/atom+xml", $"{site}/plan.atom");
            Link(xml, "alternate", "text/html", $"{site}/plan");
            entries.ForEach(entry => Write(xml, entry, site));
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    // A stage is as new as what is known of it: the day on which it ended, or the last of which the archive knows.
    private IEnumerable<Entry> Stages(PlanStatus plan, Texts texts, PlanWords words) => plan.Stages.Select(stage => new Entry(
        IdOf($"stage:{stage.Id}"),
        texts["page.plan.feed_stage"]!.Render(name => name == "stage" ? stage.Name.In(texts.Language) : words.WordOf(stage)),
        stage.State == PlanState.Done && stage.Actual is { } actual ? actual.To.Last : plan.AsOf.Date.Last,
        stage.Note.In(texts.Language),
        $"/plan#stage-{stage.Id}"));

    // An event is named by its date and its place among those of that date: its words may be mended without making it new.
    private IEnumerable<Entry> Events(PlanStatus plan, Texts texts, PlanWords words) => plan.Events.GroupBy(happened => happened.Date).SelectMany(same => same.Index().Select(pair => new Entry(
        IdOf($"event:{same.Key.From.First:O}:{same.Key.To.Last:O}:{pair.Index}"),
        texts["page.plan.feed_event"]!.Render(name => name == "date" ? words.Of(same.Key) : pair.Item.What.In(texts.Language)),
        same.Key.To.Last,
        pair.Item.What.In(texts.Language),
        "/plan#events")));

    private static void Write(XmlWriter xml, Entry entry, string site)
    {
        xml.WriteStartElement("entry");
        xml.WriteElementString("id", entry.Id);
        xml.WriteElementString("title", entry.Title);
        xml.WriteElementString("updated", Moment(entry.Updated));
        Link(xml, "alternate", "text/html", site + entry.Path);
        xml.WriteElementString("content", entry.Text);
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    // The same on every host and after every move, and another in another city.
    private string IdOf(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{library.Value.Consultation.Id}:{name}"))[..16];
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
    }

    private static string Moment(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);

    private sealed record Entry(string Id, string Title, DateOnly Updated, string Text, string Path);

    private sealed record Made(PlanStatus Plan, string Site, CompressedText Text);

    // Otherwise the declaration would say utf-16.
    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
