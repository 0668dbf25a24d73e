namespace OgpBot.Dialogs;

/// <summary>
/// A public consultation and its facts (<c>consultation.yaml</c>). Another city needs another file and no code.
/// Periods include their first moment and exclude their end.
/// </summary>
public sealed record Consultation
{
    public required string Id { get; init; }

    public required LocalizedText Title { get; init; }

    /// <summary>The beginning of each folio, such as <c>PAGA</c>.</summary>
    public required string FolioPrefix { get; init; }

    /// <summary>The time zone of all dates in the data and in exports.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The first moment; null: it has always been open.</summary>
    public DateTimeOffset? Opens { get; init; }

    /// <summary>The first moment after the last day; null: open without end.</summary>
    public DateTimeOffset? Closes { get; init; }

    /// <summary>How long after the end a submission may still be sent if its summary was shown in time.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>The day by which participants learn the result; null: not known.</summary>
    public DateOnly? AnswerBy { get; init; }

    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    public IReadOnlyList<Axis> Axes { get; init; } = [];

    public IReadOnlyList<SourceChoice> Scopes { get; init; } = [];

    public IReadOnlyList<SourceChoice> Boroughs { get; init; } = [];

    public IReadOnlyList<Criterion> Criteria { get; init; } = [];

    /// <summary>How to reach a person: name of the office, e-mail, phone. Texts show them as <c>{office_name}</c> and so on.</summary>
    public IReadOnlyDictionary<string, LocalizedText> Contact { get; init; } = new Dictionary<string, LocalizedText>();

    public required PrivacyNotice Privacy { get; init; }

    /// <summary>Services to which the bot refers people with matters that do not belong to the plan.</summary>
    public IReadOnlyList<Door> Doors { get; init; } = [];

    /// <summary>Texts that are still placeholders (<c>[[…]]</c>). The city must write them before the bot serves the public.</summary>
    public IReadOnlyList<DataProblem> Placeholders { get; init; } = [];

    /// <summary>Whether submissions are accepted at a moment, since when, until when and why not.</summary>
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

    /// <summary>Whether notices are stopped at a moment. Any pause stops them.</summary>
    public bool PausesNotices(DateTimeOffset now) => Pauses.Any(pause => pause.From <= now && now < pause.Until);

    /// <summary>Whether a submission may be sent: the consultation is open, or the period of grace runs and the summary was shown before it.</summary>
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

        // Where the clocks go forward at midnight the day begins at one.
        return new DateTimeOffset(midnight, zone.GetUtcOffset(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight));
    }
}

/// <summary>Whether submissions are accepted.</summary>
public enum OpeningState
{
    Open,
    NotYet,
    Closed,
    Paused,
}

/// <summary>The state of the consultation at a moment: since when, until when, and the reason of a pause.</summary>
public sealed record Opening(OpeningState State, DateTimeOffset? Since, DateTimeOffset? Until, LocalizedText? Reason);

/// <summary>
/// A period in which notices stop, such as before an election. Submissions stop only where the file says <c>stops: submissions</c>.
/// In the real process, official publicity was suspended in electoral periods, and participation went on.
/// </summary>
public sealed record Pause(DateTimeOffset From, DateTimeOffset Until, bool StopsSubmissions, LocalizedText Reason);

/// <summary>A thematic axis of the plan. Its foreseen bodies were expected to take part; that does not make them responsible.</summary>
public sealed record Axis(
    string Id,
    LocalizedText Title,
    LocalizedText Explanation,
    IReadOnlyList<string> ForeseenBodies,
    bool Transversal,
    IReadOnlyList<string> Synonyms);

/// <summary>A criterion by which people assess submissions.</summary>
/// <param name="Explanation">The criterion, as the citizen reads it.</param>
/// <param name="Check">The program's check, such as <c>statements</c>; null: only people apply it.</param>
/// <param name="Words">The word list of the check, in the same folder; null: none.</param>
/// <param name="Slots">The slots that are checked; empty: all texts.</param>
/// <param name="HelpOnly">It helps to write. People do not decide by it.</param>
/// <param name="Told">What the citizen reads when the check has a doubt.</param>
public sealed record Criterion(
    string Id, LocalizedText Explanation, string? Check, string? Words, IReadOnlyList<string> Slots, bool HelpOnly, LocalizedText Told)
{
    /// <summary>Its node in the file.</summary>
    public required DataNode Source { get; init; }
}

/// <summary>A referral to another service, which helps sooner. In the data it is a door (<c>doors</c>).</summary>
/// <param name="Told">What the citizen reads, with how to reach the service.</param>
/// <param name="Source">Where the facts come from.</param>
/// <param name="Checked">The day when they were last checked.</param>
public sealed record Door(string Id, DoorKind Kind, LocalizedText Told, string Source, DateOnly Checked)
{
    /// <summary>Its node in the file, with the words by which such a text is recognised.</summary>
    public required DataNode Node { get; init; }
}

/// <summary>The kind of matter that a door is for.</summary>
public enum DoorKind
{
    /// <summary>A thing to repair in one place. The citizen is asked whether she means that or a public problem.</summary>
    Thing,

    /// <summary>A case of one person. She is told, with her text to copy. The criteria ask whether others share it.</summary>
    Case,

    /// <summary>Someone may be in danger. A line about help stands beside the next question, never in its place.</summary>
    Danger,
}

/// <summary>The privacy notice that a citizen agrees to. When its version changes, she is asked again.</summary>
public sealed record PrivacyNotice(
    string Version,
    LocalizedText Body,
    LocalizedText Purpose,
    int RetentionDays,
    LocalizedText Rights,
    IReadOnlyList<string> Processors);
