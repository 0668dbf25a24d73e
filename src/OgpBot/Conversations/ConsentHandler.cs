using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Conversations;

/// <summary>Records the answer to the privacy notice.</summary>
public sealed class ConsentHandler(Lazy<DialogLibrary> library, TimeProvider clock, Ids ids) : ICallHandler
{
    public CallContract Contract { get; } = new("privacy.consent", ["recorded"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new CallAnswer(
            new CallResult("recorded"),
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
