using System.Security.Cryptography;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Review;
using OgpBot.Switches;

namespace OgpBot.Submissions.Filing;

/// <summary>Makes a submission of the slots, with a new folio; it is stored with the turn.</summary>
public sealed class FileHandler(Lazy<DialogLibrary> library, SwitchBoard switches, TimeProvider clock, Ids ids, RandomNumberGenerator random) : ICallHandler
{
    /// <summary>The slot that holds the place of the receipt's key; the key itself is put in when the message leaves.</summary>
    internal const string KeySlot = "folio_key";

    public CallContract Contract { get; } = new("submissions.file", ["filed", .. OpeningHandler.Outcomes], [ReceiptKey.FolioFact, KeySlot, .. OpeningHandler.Values]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(OpeningHandler.Refusal(library.Value, switches, clock.GetUtcNow(), call) is { } refusal ? refusal : File(call, context));

    private CallAnswer File(Call call, CallContext context)
    {
        var consultation = library.Value.Consultation;
        var submission = new Submission
        {
            Id = ids.Next(),
            Folio = Folio.Create(consultation.FolioPrefix, random),
            CitizenId = context.CitizenId,
            ReceivedAt = clock.GetUtcNow(),
            Consultation = consultation.Id,
            Channel = context.Channel,
            Language = call.Language,
            Axis = consultation.Axes.Any(axis => axis.Id == Given(call, "axis")) ? Given(call, "axis") : null,
            Scope = call.Slots["scope"],
            Borough = Given(call, "borough"),
            Place = Given(call, "place"),
            Problem = call.Slots["problem"],
            Proposal = Given(call, "proposal"),
            Source = Given(call, DialogEngine.SourceSlot),
            Checks = ReviewMarks.Only(Given(call, "checks"), "problem", "proposal"),
            AddsTo = Given(call, "adds_to"),
            AlsoSaid = Given(call, "also_said"),
            OwnFields = FieldValues.WriteOwn(library.Value, FieldStore.Submission, field => Given(call, field.Slot)),
        };
        var contact = new Contact
        {
            SubmissionId = submission.Id,
            Name = Given(call, "contact_name"),
            Email = Given(call, "contact_email"),
            Phone = Given(call, "contact_phone"),
            OwnFields = FieldValues.WriteOwn(library.Value, FieldStore.Contact, field => Given(call, field.Slot)),
        };
        var result = new CallResult("filed") { Values = new Dictionary<string, string> { [ReceiptKey.FolioFact] = submission.Folio, [KeySlot] = IMessageSecret.Place.ToString() } };
        return !contact.Values.Any() ? new CallAnswer(result, submission) : new CallAnswer(result, submission, contact);
    }

    private static string? Given(Call call, string slot) => call.Slots.TryGetValue(slot, out var value) && value.Length > 0 ? value : null;
}
