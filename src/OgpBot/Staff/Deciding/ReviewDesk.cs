using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Staff.Audit;
using OgpBot.Staff.Judging;
using OgpBot.Staff.Notices;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Deciding;

/// <summary>
/// What staff do to submissions. Each act is one transaction with its audit entries: all of it is kept, or nothing. A citizen's words are never changed here.
/// </summary>
public sealed class ReviewDesk(
    TurnWriter writer, AuditTrail audit, NoticeSender notices, Lazy<ReviewRules> rules, Lazy<DialogLibrary> library, Ids ids, TimeProvider clock)
{
    /// <summary>The most submissions of one act: the database is locked while it is written.</summary>
    public const int MostAtOnce = 1_000;

    /// <summary>Moves submissions to another state. Where one of them can't be moved, none is.</summary>
    /// <returns>A result for each folio, in their order.</returns>
    public Task<ActOutcome> MoveAsync(string by, IReadOnlyList<string> folios, Move move, CancellationToken cancellationToken) =>
        ActAsync(folios, async (database, found) =>
        {
            var excluded = await ExcludedAsync(database, by, found);
            var original = move.DuplicateOf is null ? null : await database.Set<Submission>().AsNoTracking().SingleOrDefaultAsync(row => row.Folio == move.DuplicateOf);
            return [.. found.Select(row => Refusal(row, move, original, excluded))];
        }, (database, found) => MoveAsync(database, by, found, move), cancellationToken);

    /// <summary>Publishes decisions that were not yet: those of the folios, or all. Citizens are told from then on.</summary>
    /// <returns>How many were published.</returns>
    public async Task<int> PublishAsync(string by, IReadOnlyList<string>? folios, CancellationToken cancellationToken)
    {
        var published = await writer.WriteAsync(async session =>
        {
            var database = session.Database;
            var waiting = await Unpublished(database, folios).ToListAsync(cancellationToken);
            foreach (var (submission, decision) in waiting)
            {
                await TellAsync(database, submission.Id, decision.Id, decision.To);
                await audit.AddAsync(database, new Act(by, AuditActs.Publish, submission.Folio, To: ReviewStates.Code(decision.To)));
            }

            return waiting.Count;
        }, cancellationToken);
        notices.Wake();
        return published;
    }

    /// <summary>Gives submissions to a person of the staff, or to nobody.</summary>
    public Task<ActOutcome> AssignAsync(string by, IReadOnlyList<string> folios, string? to, CancellationToken cancellationToken) => ActAsync(
        folios,
        async (database, found) =>
        {
            var excluded = to is null ? [] : await ExcludedAsync(database, to, found);
            return [.. found.Select(row => excluded.Contains(row.Folio) ? ActRefusal.Conflict : ActRefusal.None)];
        },
        async (database, found) =>
        {
            foreach (var row in found.Where(row => row.AssignedTo != to))
            {
                await audit.AddAsync(database, new Act(by, AuditActs.Assign, row.Folio, row.AssignedTo, to));
            }

            var chosen = found.Select(row => row.Id).ToList();
            await database.Set<Submission>().Where(row => chosen.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.AssignedTo, to));
        },
        cancellationToken);

    /// <summary>Corrects the axis, the scope or the borough.</summary>
    /// <param name="before">The value that the person saw; another one there now is a clash.</param>
    /// <param name="value">The value of an option, or null for none.</param>
    public Task<ActOutcome> CorrectAsync(string by, string folio, FormField field, string? before, string? value, CancellationToken cancellationToken) => ActAsync(
        [folio],
        (_, found) => Task.FromResult<IReadOnlyList<ActRefusal>>([.. found.Select(row => FieldValues.Of(row, null)(field) != before ? ActRefusal.Changed
            : value is not null && library.Value.OptionsOf(field, LocalizedText.DefaultLanguage).All(option => option.Value != value) ? ActRefusal.NotAllowed
            : ActRefusal.None)]),
        async (database, found) =>
        {
            var property = FieldValues.PropertyOf(field)!;
            await database.Set<Submission>().Where(row => row.Folio == folio)
                .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<string?>(row, property), value));
            await audit.AddAsync(database, new Act(by, AuditActs.Correct, folio, $"{field.Slot}={before}", $"{field.Slot}={value}"));
        },
        cancellationToken);

    /// <summary>Writes a note for colleagues.</summary>
    public Task<ActOutcome> NoteAsync(string by, string folio, string text, CancellationToken cancellationToken) => AddAsync(
        by, folio, AuditActs.Note, row => [new StaffNote { Id = ids.Next(), SubmissionId = row.Id, By = by, Text = text, At = clock.GetUtcNow() }], cancellationToken);

    /// <summary>Writes to the citizen, beside any decision. She reads it in her chat.</summary>
    public Task<ActOutcome> MessageAsync(string by, string folio, string text, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.Next(), clock.GetUtcNow());
        return AddAsync(
            by, folio, AuditActs.Message,
            row =>
            [
                new ReviewMessage { Id = id, SubmissionId = row.Id, By = by, Text = text, At = now },
                new Notice { Id = id, SubmissionId = row.Id, Text = ReviewStates.MessageNotice, At = now },
            ],
            cancellationToken);
    }

    /// <summary>Shows how to reach the citizen, after that was recorded.</summary>
    /// <returns>Null: she left nothing, or there is no such submission.</returns>
    public Task<Contact?> SeeContactAsync(string by, string folio, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            var database = session.Database;
            var contact = await database.Set<Contact>().AsNoTracking()
                .SingleOrDefaultAsync(contact => database.Set<Submission>().Any(row => row.Id == contact.SubmissionId && row.Folio == folio), cancellationToken);
            if (contact is not null)
            {
                await audit.AddAsync(database, new Act(by, AuditActs.ContactSeen, folio));
            }

            return contact;
        },
        cancellationToken);

    /// <summary>Gives back to the pool what a person was to see to.</summary>
    internal static Task ReleaseAsync(DbContext database, string staffId) => database.Set<Submission>()
        .Where(row => row.AssignedTo == staffId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AssignedTo, (string?)null));

    /// <summary>Decisions that citizens were not told yet; of a submission only the last.</summary>
    /// <param name="folios">Of these submissions; null: of all.</param>
    internal static IQueryable<Waiting> Unpublished(DbContext database, IReadOnlyList<string>? folios = null) =>
        from decision in database.Set<Decision>().AsNoTracking()
        join row in database.Set<Submission>().AsNoTracking() on decision.SubmissionId equals row.Id
        where decision.PublishedAt == null && (folios == null || folios.Contains(row.Folio))
            && !database.Set<Decision>().Any(later => later.SubmissionId == decision.SubmissionId && string.Compare(later.Id, decision.Id) > 0)
        orderby decision.Id
        select new Waiting(row, decision);

    private Task<ActOutcome> AddAsync(string by, string folio, string act, Func<Submission, object[]> rows, CancellationToken cancellationToken) => ActAsync(
        [folio],
        (_, found) => Task.FromResult<IReadOnlyList<ActRefusal>>([.. found.Select(_ => ActRefusal.None)]),
        async (database, found) =>
        {
            database.AddRange(rows(found[0]));
            await database.SaveChangesAsync();
            await audit.AddAsync(database, new Act(by, act, folio));
        },
        cancellationToken);

    private async Task<ActOutcome> ActAsync(
        IReadOnlyList<string> folios,
        Func<DbContext, IReadOnlyList<Submission>, Task<IReadOnlyList<ActRefusal>>> check,
        Func<DbContext, IReadOnlyList<Submission>, Task> act,
        CancellationToken cancellationToken)
    {
        if (folios.Count > MostAtOnce)
        {
            return new ActOutcome([.. folios.Select(folio => new ActResult(folio, ActRefusal.TooMany))]);
        }

        var done = await writer.WriteAsync(
            async session =>
            {
                var rows = (await session.Database.Set<Submission>().AsNoTracking().Where(row => folios.Contains(row.Folio)).ToListAsync(cancellationToken))
                    .ToDictionary(row => row.Folio);
                List<Submission> found = [.. folios.Where(rows.ContainsKey).Select(folio => rows[folio])];
                var refusals = found.Zip(await check(session.Database, found)).ToDictionary(pair => pair.First.Folio, pair => pair.Second);
                var outcome = new ActOutcome([.. folios.Select(folio => new ActResult(folio, refusals.GetValueOrDefault(folio, ActRefusal.Unknown)))]);
                if (outcome.IsDone)
                {
                    await act(session.Database, found);
                }

                return outcome;
            },
            cancellationToken);
        if (done.IsDone)
        {
            notices.Wake();
        }

        return done;
    }

    private ActRefusal Refusal(Submission row, Move move, Submission? original, HashSet<string> excluded) =>
        excluded.Contains(row.Folio) ? ActRefusal.Conflict
        : move.Seen is { } seen && seen != row.ReviewState ? ActRefusal.Changed
        : !rules.Value.MayMove(row.ReviewState, move.To) ? ActRefusal.NotAllowed
        : rules.Value.NeedsReason(move.To) && (rules.Value.ReasonsFor(move.To).All(reason => reason.Id != move.Reason) || string.IsNullOrWhiteSpace(move.Words)) ? ActRefusal.NoReason
        : move.To == ReviewState.DuplicateOf && (original is null || original.Folio == row.Folio || original.DuplicateOf is not null) ? ActRefusal.NoOriginal
        : ActRefusal.None;

    private async Task MoveAsync(DbContext database, string by, IReadOnlyList<Submission> found, Move move)
    {
        var (now, tells) = (clock.GetUtcNow(), rules.Value.Tells(move.To));
        foreach (var row in found)
        {
            var id = ids.Next();
            database.Add(new Decision
            {
                Id = id,
                SubmissionId = row.Id,
                From = row.ReviewState,
                To = move.To,
                Reason = move.Reason,
                Words = string.IsNullOrWhiteSpace(move.Words) ? null : move.Words.Trim(),
                DuplicateOf = move.DuplicateOf,
                By = by,
                At = now,
            });
            if (move is { To: ReviewState.Selected, WithProposal: true } && row.Proposal is not null)
            {
                database.Add(new ProposedSolution { Id = ids.Next(), SubmissionId = row.Id, DecisionId = id, Text = row.Proposal, At = now });
            }

            await database.SaveChangesAsync();
            await database.Set<ProposedSolution>().Where(solution => solution.SubmissionId == row.Id && solution.LeftAt == null && solution.DecisionId != id)
                .ExecuteUpdateAsync(set => set.SetProperty(solution => solution.LeftAt, now));
            await database.Set<Submission>().Where(submission => submission.Id == row.Id).ExecuteUpdateAsync(set => set
                .SetProperty(submission => submission.ReviewState, move.To)
                .SetProperty(submission => submission.StateAt, now)
                .SetProperty(submission => submission.DuplicateOf, move.To == ReviewState.DuplicateOf ? move.DuplicateOf : null)
                .SetProperty(submission => submission.AssignedTo, submission => move.To == ReviewState.NeedsChanges ? by : submission.AssignedTo));
            await audit.AddAsync(database, new Act(by, AuditActs.Decide, row.Folio, ReviewStates.Code(row.ReviewState), ReviewStates.Code(move.To), move.Reason));
            if (move.Publish || !tells)
            {
                await TellAsync(database, row.Id, id, move.To);
            }
        }
    }

    // From here on the citizen reads the new state; a state that is not told only shows when she looks.
    private async Task TellAsync(DbContext database, string submissionId, string decisionId, ReviewState to)
    {
        var now = clock.GetUtcNow();
        await database.Set<Decision>().Where(decision => decision.Id == decisionId).ExecuteUpdateAsync(set => set.SetProperty(decision => decision.PublishedAt, now));
        await database.Set<Submission>().Where(submission => submission.Id == submissionId).ExecuteUpdateAsync(set => set.SetProperty(submission => submission.ToldState, to));
        if (rules.Value.Tells(to))
        {
            database.Add(new Notice { Id = decisionId, SubmissionId = submissionId, Text = ReviewStates.NoticeKey(to), At = now });
            await database.SaveChangesAsync();
        }
    }

    // What a person must leave to others.
    private async Task<HashSet<string>> ExcludedAsync(DbContext database, string staffId, IReadOnlyList<Submission> found)
    {
        var recusals = await JudgingDesk.RecusalsAsync(database, staffId, CancellationToken.None);
        return [.. found.Where(row => recusals.Any(recusal => recusal.Covers(row, library.Value.Consultation))).Select(row => row.Folio)];
    }
}

/// <summary>A submission with a decision on it that was not published.</summary>
internal sealed record Waiting(Submission Submission, Decision Decision);
