using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Accounts;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Own;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Deciding;

/// <summary>All that the desk shows of one submission. Contact data are not among it: they are asked for apart, and that is recorded.</summary>
internal sealed record SubmissionFile(Submission Submission)
{
    /// <summary>How it stood before the citizen corrected it, the oldest first.</summary>
    internal IReadOnlyList<SubmissionVersion> Versions { get; init; } = [];

    /// <summary>The oldest first.</summary>
    internal IReadOnlyList<Decision> Decisions { get; init; } = [];

    internal IReadOnlyList<StaffNote> Notes { get; init; } = [];

    /// <summary>What the citizen and the reviewers wrote to each other.</summary>
    internal IReadOnlyList<ReviewMessage> Messages { get; init; } = [];

    /// <summary>What the same citizen filed before, without who she is.</summary>
    internal IReadOnlyList<Submission> Earlier { get; init; } = [];

    /// <summary>Those that say the same as this one.</summary>
    internal IReadOnlyList<string> Duplicates { get; init; } = [];

    /// <summary>Whether she left a way to reach her.</summary>
    internal bool HasContact { get; init; }

    /// <summary>The last decision that staff made or the citizen's correction made.</summary>
    internal Decision? Last => Decisions.Count == 0 ? null : Decisions[^1];

    /// <summary>Whether the last decision is not published yet.</summary>
    internal bool IsUnpublished => Last is { PublishedAt: null };
}

/// <summary>Reads what the desk shows.</summary>
internal sealed class SubmissionFiles(IDbContextFactory<OgpBotDb> databases)
{
    private const int MostEarlier = 20;

    /// <summary>A submission with all that belongs to it; null: there is none with this folio.</summary>
    internal async Task<SubmissionFile?> FindAsync(string folio, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var submission = await database.Set<Submission>().AsNoTracking().SingleOrDefaultAsync(row => row.Folio == folio, cancellationToken);
        if (submission is null)
        {
            return null;
        }

        var id = submission.Id;
        return new SubmissionFile(submission)
        {
            Versions = await database.Set<SubmissionVersion>().AsNoTracking().Where(row => row.SubmissionId == id).OrderBy(row => row.Number).ToListAsync(cancellationToken),
            Decisions = await database.Set<Decision>().AsNoTracking().Where(row => row.SubmissionId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken),
            Notes = await database.Set<StaffNote>().AsNoTracking().Where(row => row.SubmissionId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken),
            Messages = await database.Set<ReviewMessage>().AsNoTracking().Where(row => row.SubmissionId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken),
            Earlier = submission.CitizenId == Citizen.Nobody
                ? []
                : await database.Set<Submission>().AsNoTracking().Where(row => row.CitizenId == submission.CitizenId && row.Id.CompareTo(id) < 0)
                    .OrderByDescending(row => row.Id).Take(MostEarlier).ToListAsync(cancellationToken),
            Duplicates = await database.Set<Submission>().AsNoTracking().Where(row => row.DuplicateOf == folio).OrderBy(row => row.Id)
                .Select(row => row.Folio).Take(MostEarlier).ToListAsync(cancellationToken),
            HasContact = await database.Set<Contact>().AnyAsync(row => row.SubmissionId == id, cancellationToken),
        };
    }

    /// <summary>Whether a person works at the desk, and was not disabled.</summary>
    internal async Task<bool> IsAtDeskAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StaffMember>().AnyAsync(member => member.Id == staffId && member.DisabledAt == null, cancellationToken);
    }

    /// <summary>The people of the staff, by id.</summary>
    internal async Task<IReadOnlyDictionary<string, StaffMember>> PeopleAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(member => member.Id, cancellationToken);
    }

    /// <summary>Decisions that citizens were not told yet, the oldest first.</summary>
    internal async Task<IReadOnlyList<Waiting>> UnpublishedAsync(int most, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await ReviewDesk.Unpublished(database).Take(most).ToListAsync(cancellationToken);
    }
}
