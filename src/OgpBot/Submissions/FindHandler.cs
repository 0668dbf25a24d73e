using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Submissions;

/// <summary>
/// Looks a folio up: date, axis, state and what comes next, never text or contact. A mistyped folio and an unknown one are told apart.
/// </summary>
public sealed class FindHandler(Lazy<DialogLibrary> library, IDbContextFactory<OgpBotDb> databases, TimeProvider clock) : ICallHandler
{
    private const string Tries = "folio_tries";

    public CallContract Contract { get; } = new(
        "submissions.find",
        ["found", "mistyped", "unknown", "too_many"],
        ["found_folio", "found_date", "found_axis", "found_state", "found_next", Tries]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var recent = RecentTries.Of(call.Slots.GetValueOrDefault(Tries), clock.GetUtcNow());
        if (recent.TooMany)
        {
            return new CallResult("too_many");
        }

        var tries = new Dictionary<string, string> { [Tries] = recent.WithOneMore() };
        var folio = Folio.Read(call.Slots.GetValueOrDefault("folio_asked", ""), library.Value.Consultation.FolioPrefix);
        if (folio is null)
        {
            return new CallResult("mistyped") { Values = tries };
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await database.Set<Submission>().AsNoTracking()
            .Where(submission => submission.Folio == folio)
            .Select(submission => new { submission.ReceivedAt, submission.Axis, submission.ReviewState })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return new CallResult("unknown") { Values = tries };
        }

        var texts = library.Value.Texts[call.Language];
        var consultation = library.Value.Consultation;
        return new CallResult("found")
        {
            Values = new Dictionary<string, string>(tries)
            {
                ["found_folio"] = folio,
                ["found_date"] = LocalDates.InWords(LocalDates.DayOf(found.ReceivedAt, consultation), texts),
                ["found_axis"] = consultation.Axes.FirstOrDefault(axis => axis.Id == found.Axis)?.Title.In(call.Language) ?? "",
                ["found_state"] = ReviewStates.Name(found.ReviewState, texts),
                ["found_next"] = ReviewStates.Next(found.ReviewState, texts),
            },
        };
    }
}
