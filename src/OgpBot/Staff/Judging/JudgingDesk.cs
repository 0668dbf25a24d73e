using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Staff.Audit;
using OgpBot.Staff.Deciding;
using OgpBot.Storage;
using OgpBot.Submissions;

namespace OgpBot.Staff.Judging;

/// <summary>
/// What readers say of the criteria, and what they leave to others. Each act is one transaction with its audit entries. These tell that somebody judged, never
/// what: a reader who has not judged yet might read them.
/// </summary>
public sealed class JudgingDesk(
    TurnWriter writer, AuditTrail audit, Lazy<DialogLibrary> library, IDbContextFactory<OgpBotDb> databases, Ids ids, TimeProvider clock)
{
    /// <summary>The most characters of a sentence.</summary>
    public const int LongestWhy = 2_000;

    /// <summary>The most texts that become the pilot at once.</summary>
    public const int LargestPilot = 200;

    /// <summary>The criteria that people judge by, in the consultation's order.</summary>
    public IReadOnlyList<Criterion> Criteria => [.. library.Value.Consultation.Criteria.Where(criterion => !criterion.HelpOnly)];

    /// <summary>The bodies that are foreseen to take part in the axes, each once.</summary>
    public IReadOnlyList<string> Bodies => [.. library.Value.Consultation.Axes.SelectMany(axis => axis.ForeseenBodies).Distinct()];

    /// <summary>Keeps what a reader says of all criteria of a submission, in place of what she said before.</summary>
    public Task<ActRefusal> JudgeAsync(
        string by, string folio, IReadOnlyList<CriterionVerdict> verdicts, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            var database = session.Database;
            List<string> criteria = [.. from criterion in Criteria select criterion.Id];
            var refusal = Refusal(verdicts, criteria);
            var row = await database.Set<Submission>().AsNoTracking().SingleOrDefaultAsync(row => row.Folio == folio, cancellationToken);
            if (row is null || refusal != ActRefusal.None)
            {
                return row is null ? ActRefusal.Unknown : refusal;
            }

            if (row.ReviewState == ReviewState.Withdrawn || (await RecusalsAsync(database, by, cancellationToken)).Any(recusal => Covers(recusal, row)))
            {
                return row.ReviewState == ReviewState.Withdrawn ? ActRefusal.NotAllowed : ActRefusal.Conflict;
            }

            await KeepAsync(database, by, row.Id, verdicts, criteria);
            await audit.AddAsync(database, new Act(by, AuditActs.Judge, folio));
            return ActRefusal.None;
        },
        cancellationToken);

    /// <summary>Marks the oldest texts that nobody judged as the pilot, on which readers first try how far they agree.</summary>
    /// <returns>How many were marked.</returns>
    public Task<int> MarkPilotAsync(string by, int count, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            var database = session.Database;
            var chosen = await database.Set<Submission>().AsNoTracking()
                .Where(row => row.Judged == 0 && !row.IsPilot && row.ReviewState != ReviewState.Withdrawn)
                .OrderBy(row => row.Id).Take(Math.Clamp(count, 0, LargestPilot)).Select(row => row.Folio).ToListAsync(cancellationToken);
            await database.Set<Submission>().Where(row => chosen.Contains(row.Folio))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsPilot, true), cancellationToken);
            foreach (var folio in chosen)
            {
                await audit.AddAsync(database, new Act(by, AuditActs.Pilot, folio));
            }

            return chosen.Count;
        },
        cancellationToken);

    /// <summary>Declares what a person leaves to others: an axis, a body or one submission. What was hers of it goes back to all.</summary>
    /// <param name="value">An axis' id, the name of a body, or a folio.</param>
    /// <param name="why">A sentence. It stays out of the audit, which is kept for ever.</param>
    public Task<ActRefusal> DeclareAsync(string by, RecusalKind kind, string value, string? why, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            var database = session.Database;
            if (!await IsKnownAsync(database, kind, value, cancellationToken))
            {
                return ActRefusal.Unknown;
            }

            if (string.IsNullOrWhiteSpace(why) || why.Length > LongestWhy)
            {
                return ActRefusal.NoReason;
            }

            // Said again it is said anew, not twice.
            await database.Set<Recusal>().Where(known => known.StaffId == by && known.Kind == kind && known.Value == value)
                .ExecuteDeleteAsync(cancellationToken);
            var recusal = new Recusal { Id = ids.Next(), StaffId = by, Kind = kind, Value = value, Why = why.Trim(), At = clock.GetUtcNow() };
            database.Add(recusal);
            await database.SaveChangesAsync(cancellationToken);
            await audit.AddAsync(database, new Act(by, AuditActs.Recuse, kind == RecusalKind.Folio ? value : by, To: Told(recusal)));
            await FreeAsync(database, recusal);
            return ActRefusal.None;
        },
        cancellationToken);

    /// <summary>Takes a declaration of one's own back.</summary>
    public Task<ActRefusal> WithdrawAsync(string by, string id, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            var database = session.Database;
            var own = database.Set<Recusal>().AsNoTracking().Where(recusal => recusal.Id == id && recusal.StaffId == by);
            if (await own.SingleOrDefaultAsync(cancellationToken) is not { } recusal)
            {
                return ActRefusal.Unknown;
            }

            await own.ExecuteDeleteAsync(cancellationToken);
            await audit.AddAsync(database, new Act(by, AuditActs.Recuse, recusal.Kind == RecusalKind.Folio ? recusal.Value : by, From: Told(recusal)));
            return ActRefusal.None;
        },
        cancellationToken);

    /// <summary>All that a person leaves to others, the oldest first. <see cref="Recusal.Covers"/> tells of which submissions.</summary>
    public async Task<IReadOnlyList<Recusal>> ExcludedAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RecusalsAsync(database, staffId, cancellationToken);
    }

    private static ActRefusal Refusal(IReadOnlyList<CriterionVerdict> verdicts, List<string> criteria) =>
        criteria.Count == 0 || !verdicts.Select(verdict => verdict.Criterion).Order().SequenceEqual(criteria.Order())
            || verdicts.Any(verdict => !Enum.IsDefined(verdict.Verdict) || verdict.Why is { Length: > LongestWhy }) ? ActRefusal.NotAllowed
        : verdicts.Any(verdict => verdict.Verdict != Verdict.Met && string.IsNullOrWhiteSpace(verdict.Why)) ? ActRefusal.NoReason
        : ActRefusal.None;

    private async Task KeepAsync(DbContext database, string by, string id, IReadOnlyList<CriterionVerdict> verdicts, List<string> criteria)
    {
        var said = database.Set<Judgement>().Where(judgement => judgement.SubmissionId == id && criteria.Contains(judgement.Criterion));
        await said.Where(judgement => judgement.StaffId == by).ExecuteDeleteAsync();
        database.AddRange(verdicts.Select(verdict => new Judgement
        {
            SubmissionId = id,
            StaffId = by,
            Criterion = verdict.Criterion,
            Verdict = verdict.Verdict,
            Why = verdict.Why?.Trim() ?? "",
            At = clock.GetUtcNow(),
        }));
        await database.SaveChangesAsync();
        var judged = await said.GroupBy(judgement => judgement.StaffId).CountAsync(reader => reader.Count() == criteria.Count);
        await database.Set<Submission>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Judged, judged));
    }

    private async Task FreeAsync(DbContext database, Recusal recusal)
    {
        var hers = await database.Set<Submission>().AsNoTracking().Where(row => row.AssignedTo == recusal.StaffId).ToListAsync();
        foreach (var row in hers.Where(row => Covers(recusal, row)))
        {
            await database.Set<Submission>().Where(known => known.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(known => known.AssignedTo, (string?)null));
            await audit.AddAsync(database, new Act(recusal.StaffId, AuditActs.Assign, row.Folio, recusal.StaffId));
        }
    }

    private async Task<bool> IsKnownAsync(DbContext database, RecusalKind kind, string value, CancellationToken cancellationToken) => kind switch
    {
        RecusalKind.Axis => library.Value.Consultation.Axes.Any(axis => axis.Id == value),
        RecusalKind.Body => Bodies.Contains(value),
        _ => await database.Set<Submission>().AnyAsync(row => row.Folio == value, cancellationToken),
    };

    private bool Covers(Recusal recusal, Submission row) => recusal.Covers(row, library.Value.Consultation);

    /// <summary>What a person leaves to others, the oldest first.</summary>
    internal static Task<List<Recusal>> RecusalsAsync(DbContext database, string staffId, CancellationToken cancellationToken) =>
        database.Set<Recusal>().AsNoTracking().Where(recusal => recusal.StaffId == staffId).OrderBy(recusal => recusal.Id).ToListAsync(cancellationToken);

    private static string Told(Recusal recusal) => $"{recusal.Kind.ToString().ToLowerInvariant()}={recusal.Value}";
}

/// <summary>What a reader says of one criterion.</summary>
/// <param name="Why">A sentence; it may be missing where the criterion is met.</param>
public sealed record CriterionVerdict(string Criterion, Verdict Verdict, string? Why);
