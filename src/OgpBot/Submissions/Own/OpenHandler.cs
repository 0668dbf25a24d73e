using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Filing;

namespace OgpBot.Submissions.Own;

/// <summary>
/// Opens a submission: one of this conversation by its letter or folio, any other by folio and key, in one message or two, wherever they stand in it. A wrong key and a folio that does
/// not exist are answered alike, after the same work.
/// </summary>
internal sealed class OpenHandler(OwnSubmissions own, ReceiptKey keys, Lazy<DialogLibrary> library, TimeProvider clock) : ICallHandler
{
    private const string Asked = "mine_asked";
    private const string Key = "mine_key";
    private const string Tries = "mine_tries";

    // What was said at the menu: folio and key in one message.
    private const string Said = "mine_said";
    private const int KeyLength = 16;

    public CallContract Contract { get; } = new("submissions.open", ["own", "opened", "key", "mistyped", "none", "unknown", "too_many"], [OwnSubmissions.Open, Tries, Said]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var typed = call.Slots.GetValueOrDefault(Asked, "");
        var prefix = library.Value.Consultation.FolioPrefix;
        var (folios, key) = Read(typed, prefix, call.Slots.GetValueOrDefault(Key));
        var mine = await own.OfAsync(context.CitizenId, cancellationToken);
        if ((mine.FirstOrDefault(submission => folios.Contains(submission.Folio)) ?? ByLetter(typed, mine)) is { } known)
        {
            return Opened("own", known.Folio);
        }

        if (folios is not [var folio, ..])
        {
            return new CallResult(Folio.IsMistyped(typed, prefix) ? "mistyped" : "none");
        }

        return string.IsNullOrEmpty(key) ? new CallResult("key") : await OpenAsync(folio, key, call, cancellationToken);
    }

    private async Task<CallAnswer> OpenAsync(string folio, string key, Call call, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hour = KeyTries.HourOf(now);
        var recent = RecentTries.Of(call.Slots.GetValueOrDefault(Tries), now);
        if (recent.TooMany || await own.IsLockedAsync(folio, hour, cancellationToken))
        {
            return new CallResult("too_many");
        }

        var exists = await own.ExistsAsync(folio, cancellationToken);
        var fits = keys.Opens(folio, key);
        return exists & fits
            ? Opened("opened", folio)
            : new CallAnswer(new CallResult("unknown") { Values = new Dictionary<string, string> { [Tries] = recent.WithOneMore() } })
            {
                Changes = [KeyTries.CountOne(folio, hour)],
            };
    }

    // A page that was opened by its QR code brings both in one message; somebody may write them in one piece.
    private static (IReadOnlyList<string> Folios, string? Key) Read(string typed, string prefix, string? key)
    {
        var letters = CrockfordBase32.Plain(typed);
        return letters.Length > KeyLength && Folio.Read(letters[..^KeyLength], prefix) is { } folio
            ? ([folio], letters[^KeyLength..])
            : (Folio.Find(typed, prefix), string.IsNullOrEmpty(key) ? ReceiptKey.Find(typed) : ReceiptKey.Find(key) ?? key);
    }

    private static Submission? ByLetter(string typed, IReadOnlyList<Submission> mine) =>
        TextFold.Fold(typed) is [>= 'a' and <= 'z' and var letter] && letter - 'a' < Math.Min(mine.Count, OwnListHandler.Most) ? mine[letter - 'a'] : null;

    private static CallResult Opened(string outcome, string folio) => new(outcome) { Values = new Dictionary<string, string> { [OwnSubmissions.Open] = folio } };
}
