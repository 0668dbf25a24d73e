using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;

namespace OgpBot.Submissions.Own;

/// <summary>Shows the open submission whole, contact data included, and whether it may still be corrected; <c>with: {form: json}</c> as a copy for machines.</summary>
internal sealed class ShowHandler(OwnSubmissions own, SubmissionWords words) : ICallHandler
{
    /// <summary>The slot that tells which menu the submission has.</summary>
    internal const string State = "mine_state";

    public CallContract Contract { get; } = new("submissions.show", ["shown"], [ReceiptKey.FolioFact, FileHandler.KeySlot, State]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OpenAsync(call, cancellationToken);
        return new CallAnswer(new CallResult("shown")
        {
            Values = new Dictionary<string, string>
            {
                [ReceiptKey.FolioFact] = found.Submission.Folio,
                [FileHandler.KeySlot] = IMessageSecret.Place.ToString(),
                [State] = StateOf(found.IsOpen, found.MayReply),
            },
        })
        {
            Says = [call.With.GetValueOrDefault("form") == "json" ? PersonalData.Write(words.Copy(found)) : words.Whole(found, call.Language)],
        };
    }

    internal static string StateOf(bool isOpen, bool mayReply) => (isOpen ? "open" : "settled") + (mayReply ? "_reply" : "");
}
