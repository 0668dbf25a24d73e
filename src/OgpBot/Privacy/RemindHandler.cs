using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Privacy;

/// <summary>Notes that the citizen wants to be told before her draft is erased.</summary>
public sealed class RemindHandler(TimeProvider clock, Ids ids) : ICallHandler
{
    public CallContract Contract { get; } = new("drafts.remind", ["noted"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new CallAnswer(new CallResult("noted"), new Reminder { Id = ids.Next(), ConversationId = context.ConversationId, AskedAt = clock.GetUtcNow() }));
}
