using OgpBot.Dialogs;

namespace OgpBot.Calls;

/// <summary>
/// Answers a call of a dialog: the plug between the engine and the rooms. It may run twice after a crash, so it changes nothing itself;
/// what is to be stored comes back as rows and is written with the turn, or not at all.
/// </summary>
public interface ICallHandler
{
    CallContract Contract { get; }

    ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken);
}

/// <summary>Whose turn it is.</summary>
public sealed record CallContext(string ConversationId, string CitizenId, string Channel);

/// <summary>A handler's answer.</summary>
/// <param name="Result">What the dialog goes on with.</param>
/// <param name="Rows">Entities to insert in the transaction of the turn.</param>
public sealed record CallAnswer(CallResult Result, params object[] Rows)
{
    public static implicit operator CallAnswer(CallResult result) => new(result);
}
