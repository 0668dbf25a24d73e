using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Submissions.Review;

/// <summary>Whether a citizen wants notices. On her word that goes too, and so does the way from what she was told to her conversation.</summary>
internal sealed class NoticeData(IDbContextFactory<OgpBotDb> databases, Lazy<DialogLibrary> library) : IPersonalData
{
    /// <summary>Texts of its own.</summary>
    internal static readonly string[] TextKeys = ["host.mydata.notices", "host.mydata.no_notices"];

    public async Task<PersonalData> TellAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var refused = await database.Set<NoticeRefusal>().AsNoTracking().Where(refusal => refusal.CitizenId == context.CitizenId)
            .Select(refusal => (DateTimeOffset?)refusal.At).SingleOrDefaultAsync(cancellationToken);
        var (texts, consultation) = (library.Value.Texts[call.Language], library.Value.Consultation);
        return new PersonalData(
            refused is { } at
                ? texts["host.mydata.no_notices"]!.Render(_ => LocalDates.InWords(LocalDates.DayOf(at, consultation), texts))
                : texts.Plain("host.mydata.notices"),
            "notices",
            new JsonObject { ["refused_at"] = refused is { } since ? LocalDates.Stamp(since, consultation) : null });
    }

    public async Task EraseAsync(DbContext database, CallContext context)
    {
        await database.Set<NoticeRefusal>().Where(refusal => refusal.CitizenId == context.CitizenId).ExecuteDeleteAsync();
        await database.Set<Notice>()
            .Where(notice => database.Set<Submission>().Any(submission => submission.Id == notice.SubmissionId && submission.CitizenId == context.CitizenId))
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ConversationId, (string?)null).SetProperty(notice => notice.Seq, (int?)null));
    }
}
