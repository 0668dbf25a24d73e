using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Privacy;

/// <summary>Records the answer to the privacy notice.</summary>
public sealed class ConsentHandler(Lazy<DialogLibrary> library, TimeProvider clock, Ids ids) : ICallHandler
{
    /// <summary>The slot with the version of the notice that was answered.</summary>
    internal const string VersionSlot = "consent_version";

    public CallContract Contract { get; } = new("privacy.consent", ["recorded"], [VersionSlot]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new CallAnswer(
            new CallResult("recorded") { Values = new Dictionary<string, string> { [VersionSlot] = library.Value.Consultation.Privacy.Version } },
            new Consent
            {
                Id = ids.Next(),
                CitizenId = context.CitizenId,
                ConversationId = context.ConversationId,
                NoticeVersion = library.Value.Consultation.Privacy.Version,
                Accepted = call.Slots.GetValueOrDefault("consent") == "accepted",
                At = clock.GetUtcNow(),
            }));
}
