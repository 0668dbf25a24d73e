using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;

namespace OgpBot.Calls;

/// <summary>
/// Answers a call of a dialog. Each room gives its handlers, and so the engine needs to know no room.
/// A handler may run twice after a crash, so it stores nothing itself.
/// It returns what is to be stored. That is written in the transaction of the turn, or not at all.
/// </summary>
public interface ICallHandler
{
    CallContract Contract { get; }

    /// <summary>
    /// Ends when the room can answer. What it must read first does not count against its time limit.
    /// So no citizen is refused because the host has just started.
    /// </summary>
    Task WhenReadyAsync() => Task.CompletedTask;

    ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken);
}

/// <summary>Whose turn it is, and the channel that the message came by.</summary>
public sealed record CallContext(string ConversationId, string CitizenId, string Channel);

/// <summary>A handler's answer, and what is to be stored with the turn.</summary>
/// <param name="Result">What the dialog goes on with.</param>
/// <param name="Rows">Entities to insert in the transaction of the turn.</param>
public sealed record CallAnswer(CallResult Result, params object[] Rows)
{
    /// <summary>
    /// Changes of stored rows. They run in the transaction of the turn.
    /// A change checks again whether it is still allowed, because the rows may have changed since the handler ran.
    /// Where it is not, it throws <see cref="DbUpdateException"/>, and the turn runs again.
    /// </summary>
    public IReadOnlyList<Func<DbContext, Task>> Changes { get; init; } = [];

    /// <summary>Words that are to be erased from the messages of a citizen's conversations.</summary>
    public IReadOnlyList<Forgotten> Forgets { get; init; } = [];

    /// <summary>Texts that the bot says before the dialog goes on. They are too long for a slot.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    public static implicit operator CallAnswer(CallResult result) => new(result);
}

/// <summary>Words that are to be erased from all conversations of a citizen, such as a telephone number.</summary>
public sealed record Forgotten(string CitizenId, string Words);
