using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Filing;

/// <summary>
/// Looks up the folio in what a citizen wrote: date, axis, state and what comes next, never text or contact. A mistyped folio, an unknown one and a text without
/// any are told apart.
/// </summary>
public sealed class FindHandler(Lazy<DialogLibrary> library, IDbContextFactory<OgpBotDb> databases, TimeProvider clock) : ICallHandler
{
    private const string Tries = "folio_tries";

    public CallContract Contract { get; } = new(
        "submissions.find",
        ["found", "with_key", "mistyped", "unknown", "none", "too_many"],
        ["found_folio", "found_date", "found_axis", "found_state", "found_next", Tries]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var written = call.Slots.GetValueOrDefault(call.With.GetValueOrDefault("slot", "folio_asked"), "");
        var prefix = library.Value.Consultation.FolioPrefix;
        var folios = Folio.Find(written, prefix);
        if (folios.Count == 0 && !Folio.IsMistyped(written, prefix))
        {
            return new CallResult("none");
        }

        if (call.With.ContainsKey("slot") && folios.Count > 0 && ReceiptKey.Find(written) is not null)
        {
            return new CallResult("with_key");
        }

        var recent = RecentTries.Of(call.Slots.GetValueOrDefault(Tries), clock.GetUtcNow());
        if (recent.TooMany)
        {
            return new CallResult("too_many");
        }

        var tries = new Dictionary<string, string> { [Tries] = recent.WithOneMore() };
        if (folios.Count == 0)
        {
            return new CallResult("mistyped") { Values = tries };
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await database.Set<Submission>().AsNoTracking()
            .Where(submission => folios.Contains(submission.Folio))
            .Select(submission => new { submission.Folio, submission.ReceivedAt, submission.Axis, submission.ToldState })
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
                ["found_folio"] = found.Folio,
                ["found_date"] = LocalDates.InWords(LocalDates.DayOf(found.ReceivedAt, consultation), texts),
                ["found_axis"] = library.Value.Say(library.Value.Form.Of("axis")!, found.Axis, call.Language) ?? "",
                ["found_state"] = ReviewStates.Name(found.ToldState, texts),
                ["found_next"] = ReviewStates.Next(found.ToldState, texts),
            },
        };
    }
}
