namespace OgpBot.Dialogs;

/// <summary>A consultation as <c>consultation.yaml</c> tells it. Another city is another file, never another class.</summary>
public sealed record Consultation
{
    public required string Id { get; init; }

    public required LocalizedText Title { get; init; }

    /// <summary>Begins each folio, such as <c>PAGA</c>.</summary>
    public required string FolioPrefix { get; init; }

    /// <summary>Dates of the data and of exports are days here.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Null: open since ever.</summary>
    public DateTimeOffset? Opens { get; init; }

    /// <summary>The first moment after the last day; null: open without end.</summary>
    public DateTimeOffset? Closes { get; init; }

    /// <summary>How long a submission may still be sent whose summary was shown in time.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>By when those who took part are told what came of it; null: not known.</summary>
    public DateOnly? AnswerBy { get; init; }

    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    public IReadOnlyList<Axis> Axes { get; init; } = [];

    public IReadOnlyList<SourceChoice> Scopes { get; init; } = [];

    public IReadOnlyList<SourceChoice> Boroughs { get; init; } = [];

    public IReadOnlyList<Criterion> Criteria { get; init; } = [];

    /// <summary>Where a person answers: name of the office, e-mail, phone; texts show them as {office_name}, ….</summary>
    public IReadOnlyDictionary<string, LocalizedText> Contact { get; init; } = new Dictionary<string, LocalizedText>();

    public required PrivacyNotice Privacy { get; init; }

    /// <summary>Other places that help sooner with what is no matter of the plan.</summary>
    public IReadOnlyList<Door> Doors { get; init; } = [];

    /// <summary>Texts still in <c>[[…]]</c>; the city must write them before it serves the public.</summary>
    public IReadOnlyList<DataProblem> Placeholders { get; init; } = [];

    /// <summary>Whether submissions are taken at that moment, and if not, from when to when and why.</summary>
    public Opening OpeningAt(DateTimeOffset now)
    {
        if (now < Opens)
        {
            return new Opening(OpeningState.NotYet, null, Opens, null);
        }

        if (now >= Closes)
        {
            return new Opening(OpeningState.Closed, Closes, null, null);
        }

        var pause = Pauses.FirstOrDefault(pause => pause.StopsSubmissions && pause.From <= now && now < pause.Until);
        return pause is null ? new Opening(OpeningState.Open, Opens, Closes, null) : new Opening(OpeningState.Paused, pause.From, pause.Until, pause.Reason);
    }

    /// <summary>Whether no notices may be sent: in any pause.</summary>
    public bool PausesNotices(DateTimeOffset now) => Pauses.Any(pause => pause.From <= now && now < pause.Until);

    /// <summary>Whether a submission may be sent: open, or its summary was shown before it closed and the grace is not over.</summary>
    public bool MaySend(DateTimeOffset now, DateTimeOffset? summaryShown)
    {
        var opening = OpeningAt(now);
        return opening.State == OpeningState.Open || (summaryShown < opening.Since && now < opening.Since + Grace);
    }

    public DateTimeOffset StartOfDay(DateOnly day) => StartOfDay(day, TimeZone);

    public DateTimeOffset ToLocal(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, TimeZone);

    internal static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // Where clocks were put forward at midnight the day begins at one.
        return new DateTimeOffset(midnight, zone.GetUtcOffset(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight));
    }
}

/// <summary>Whether submissions are taken.</summary>
public enum OpeningState
{
    Open,
    NotYet,
    Closed,
    Paused,
}

/// <summary>The state of the consultation at a moment: since when (inclusive), until when (exclusive), and a pause's reason.</summary>
public sealed record Opening(OpeningState State, DateTimeOffset? Since, DateTimeOffset? Until, LocalizedText? Reason);

/// <summary>
/// Days on which something stops. The real process suspended official publicity in electoral periods, not listening: so a pause stops
/// notices unless it says <c>stops: submissions</c>.
/// </summary>
public sealed record Pause(DateTimeOffset From, DateTimeOffset Until, bool StopsSubmissions, LocalizedText Reason);

/// <summary>A thematic axis. The bodies are those whose part was foreseen, which does not make them responsible.</summary>
public sealed record Axis(
    string Id,
    LocalizedText Title,
    LocalizedText Explanation,
    IReadOnlyList<string> ForeseenBodies,
    bool Transversal,
    IReadOnlyList<string> Synonyms);

/// <summary>A rule that submissions are read by.</summary>
/// <param name="Explanation">The rule, as the citizen reads it.</param>
/// <param name="Check">How the program looks at a text, such as <c>statements</c>; null: only people do.</param>
/// <param name="Words">The file that the check reads, beside the consultation's; null: none.</param>
/// <param name="Slots">The texts that it looks at; none: all.</param>
/// <param name="HelpOnly">It helps to write and is no rule that people decide by.</param>
/// <param name="Told">What the citizen reads when there is a doubt.</param>
public sealed record Criterion(
    string Id, LocalizedText Explanation, string? Check, string? Words, IReadOnlyList<string> Slots, bool HelpOnly, LocalizedText Told)
{
    /// <summary>Where it stands in its file.</summary>
    public required DataNode Source { get; init; }
}

/// <summary>Another place that helps sooner, with the source of that knowledge and the day it was checked.</summary>
/// <param name="Told">What the citizen reads, with how to reach it.</param>
public sealed record Door(string Id, DoorKind Kind, LocalizedText Told, string Source, DateOnly Checked)
{
    /// <summary>Where it stands in its file, with the words that it is known by.</summary>
    public required DataNode Node { get; init; }
}

/// <summary>What a door is for.</summary>
public enum DoorKind
{
    /// <summary>One thing in one place, which a service repairs: the citizen is asked whether she means that or a public problem.</summary>
    Thing,

    /// <summary>A case of one person: she is told, with her text to copy; whether it is shared too is asked by the criteria.</summary>
    Case,

    /// <summary>Someone may be in danger: a line beside the next question, never in its place.</summary>
    Danger,
}

/// <summary>What a citizen agrees to. A new version is asked again.</summary>
public sealed record PrivacyNotice(
    string Version,
    LocalizedText Body,
    LocalizedText Purpose,
    int RetentionDays,
    LocalizedText Rights,
    IReadOnlyList<string> Processors);
