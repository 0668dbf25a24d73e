using System.Globalization;
using System.Text.RegularExpressions;

namespace OgpBot.Dialogs;

/// <summary>Reads <c>consultation.yaml</c>.</summary>
internal sealed partial class ConsultationReader
{
    internal const string FileName = "consultation.yaml";

    private readonly DataNode root;
    private readonly TimeZoneInfo zone;

    private ConsultationReader(DataNode root)
    {
        this.root = root;
        zone = ReadZone(root["timeZone"]);
    }

    internal static Consultation Read(string directory, List<DataProblem> problems)
    {
        var root = DataNode.Read(Path.Combine(directory, FileName), FileName, problems);
        return new ConsultationReader(root).Read();
    }

    private Consultation Read()
    {
        root.Only(
            "id", "title", "folioPrefix", "timeZone", "opens", "closes", "grace", "answerBy", "pauses", "axes", "scopes", "boroughs", "criteria",
            "contact", "privacy", "doors");
        var prefix = root.Required("folioPrefix");
        if (!FolioPrefix().IsMatch(prefix))
        {
            root["folioPrefix"].Report("`folioPrefix` must be 2 to 8 capital letters");
        }

        return new Consultation
        {
            Id = root.Required("id"),
            Title = LocalizedText.Read(root["title"]),
            FolioPrefix = prefix,
            TimeZone = zone,
            Opens = DayOf(root["opens"]) is { } opens ? Consultation.StartOfDay(opens, zone) : null,
            Closes = DayOf(root["closes"]) is { } closes ? Consultation.StartOfDay(closes.AddDays(1), zone) : null,
            Grace = ReadGrace(root["grace"]),
            AnswerBy = DayOf(root["answerBy"]),
            Pauses = [.. root["pauses"].Items.Select(ReadPause).OfType<Pause>()],
            Axes = [.. root["axes"].Items.Select(ReadAxis)],
            Scopes = ReadChoices("scopes"),
            Boroughs = ReadChoices("boroughs"),
            Criteria = [.. root["criteria"].Items.Select(ReadCriterion)],
            Contact = root["contact"].Entries.ToDictionary(entry => entry.Key, entry => LocalizedText.Read(entry.Value)),
            Privacy = ReadPrivacy(root["privacy"]),
            Doors = [.. root["doors"].Items.Select(ReadDoor)],
            Placeholders = [.. PlaceholdersIn(root["privacy"]), .. PlaceholdersIn(root["contact"])],
        };
    }

    private static TimeZoneInfo ReadZone(DataNode node)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(node.Text ?? "", out var found))
        {
            return found;
        }

        node.Report($"the time zone `{node.Text}` is not known to this machine (a name such as America/Mexico_City; on Linux it needs tzdata)");
        return TimeZoneInfo.Utc;
    }

    private static TimeSpan ReadGrace(DataNode node)
    {
        if (!node.Exists)
        {
            return TimeSpan.FromHours(24);
        }

        if (node.Text is { } text && text.EndsWith('h') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var hours))
        {
            return TimeSpan.FromHours(hours);
        }

        node.Report("`grace` must be hours, such as 24h");
        return TimeSpan.Zero;
    }

    private Pause? ReadPause(DataNode node)
    {
        node.Only("from", "until", "stops", "reason");
        var (from, until) = (DayOf(node["from"]), DayOf(node["until"]));
        var stops = node["stops"].Text ?? "notices";
        if (stops is not ("notices" or "submissions"))
        {
            node["stops"].Report($"`stops` must be `notices` or `submissions`{Nearest.Suggestion(stops, ["notices", "submissions"])}");
        }

        if (from is null || until is null || until < from)
        {
            node.Report("a pause needs `from` and `until`, two days in that order");
            return null;
        }

        return new Pause(
            Consultation.StartOfDay(from.Value, zone),
            Consultation.StartOfDay(until.Value.AddDays(1), zone),
            stops == "submissions",
            LocalizedText.Read(node["reason"]));
    }

    private static Axis ReadAxis(DataNode node)
    {
        node.Only("id", "title", "explanation", "foreseenBodies", "transversal", "synonyms");
        return new Axis(
            node.Required("id"),
            LocalizedText.Read(node["title"]),
            LocalizedText.Read(node["explanation"]),
            node.Texts("foreseenBodies"),
            node.Flag("transversal"),
            node.Texts("synonyms"));
    }

    private static Criterion ReadCriterion(DataNode node)
    {
        node.Only("id", "explanation", "check", "words", "slots", "helpOnly", "told");
        return new Criterion(
            node.Required("id"),
            LocalizedText.Read(node["explanation"]),
            node["check"].Text,
            node["words"].Text,
            node.Texts("slots"),
            node.Flag("helpOnly"),
            node["check"].Exists ? LocalizedText.Read(node["told"]) : LocalizedText.Same(""))
        {
            Source = node,
        };
    }

    private List<SourceChoice> ReadChoices(string key)
    {
        var choices = root[key].Items
            .Select(item => new SourceChoice(
                item.Only("id", "title", "synonyms").Required("id"), LocalizedText.Read(item["title"]), item.Texts("synonyms")))
            .ToList();
        if (choices.Count == 0)
        {
            root.Report($"`{key}` is empty");
        }

        return choices;
    }

    private static PrivacyNotice ReadPrivacy(DataNode node)
    {
        node.Only("version", "body", "purpose", "retentionDays", "rights", "processors");
        return new PrivacyNotice(
            node.Required("version"),
            LocalizedText.Read(node["body"]),
            LocalizedText.Read(node["purpose"]),
            node.Number("retentionDays") ?? 30,
            LocalizedText.Read(node["rights"]),
            node.Texts("processors"));
    }

    private static Door ReadDoor(DataNode node)
    {
        node.Only("id", "kind", "told", "source", "checked", "words", "why");
        node.Required("checked");
        var told = LocalizedText.Read(node["told"]);
        return new Door(node.Required("id"), ReadKind(node["kind"]), told, node.Required("source"), DayOf(node["checked"]) ?? default) { Node = node };
    }

    private static DoorKind ReadKind(DataNode node)
    {
        if (!Enum.TryParse<DoorKind>(node.Text, ignoreCase: true, out var kind))
        {
            node.Report($"`kind` must be one of {string.Join(", ", Enum.GetNames<DoorKind>()).ToLowerInvariant()}");
        }

        return kind;
    }

    private static DateOnly? DayOf(DataNode node)
    {
        var day = LocalDates.Read(node.Text ?? "");
        if (day is null && node.Text is not null)
        {
            node.Report($"`{node.Text}` is not a day of the form 2026-07-05");
        }

        return day;
    }

    private static IEnumerable<DataProblem> PlaceholdersIn(DataNode node)
    {
        if (node.Text is { } text && text.Contains("[[", StringComparison.Ordinal))
        {
            yield return new DataProblem(node.File, node.Line, $"still to be written by the city: {text.Trim()}");
        }

        foreach (var problem in node.Entries.Select(entry => entry.Value).Concat(node.Items).SelectMany(PlaceholdersIn))
        {
            yield return problem;
        }
    }

    [GeneratedRegex("^[A-Z]{2,8}$")]
    private static partial Regex FolioPrefix();
}
