using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Own;

/// <summary>Lists what was filed in this conversation. Each has a letter to choose it by: numbers choose buttons.</summary>
internal sealed class OwnListHandler(OwnSubmissions own, Lazy<DialogLibrary> library) : ICallHandler
{
    internal const int Most = 20;
    private const int LongestBeginning = 60;

    public CallContract Contract { get; } = new("submissions.mine", ["none", "one", "several"], ["mine_list", OwnSubmissions.Open]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OfAsync(context.CitizenId, cancellationToken);
        var texts = library.Value.Texts[call.Language];
        var lines = found.Take(Most).Select((submission, at) =>
            $"{(char)('A' + at)}. {submission.Folio}, {LocalDates.InWords(LocalDates.DayOf(submission.ReceivedAt, library.Value.Consultation), texts)}: «{Beginning(submission.Problem)}»");
        return new CallResult(found.Count switch { 0 => "none", 1 => "one", _ => "several" })
        {
            Values = found.Count == 1
                ? new Dictionary<string, string> { [OwnSubmissions.Open] = found[0].Folio }
                : new Dictionary<string, string> { ["mine_list"] = string.Join('\n', lines) },
        };
    }

    internal static string Beginning(string text) => Excerpt.Of(text.ReplaceLineEndings(" "), LongestBeginning, more: "…");
}
