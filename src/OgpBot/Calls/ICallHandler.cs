using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;

namespace OgpBot.Calls;

/// <summary>
/// Answers a call of a dialog: the plug between the engine and the rooms. It may run twice after a crash, so it changes nothing itself;
/// what is to be stored comes back as rows and is written with the turn, or not at all.
/// </summary>
public interface ICallHandler
{
    CallContract Contract { get; }

    /// <summary>Ends when the room can answer. What it must read first does not count against its time limit: a citizen is never refused because the host has just begun.</summary>
    Task WhenReadyAsync() => Task.CompletedTask;

    ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken);
}

/// <summary>Whose turn it is.</summary>
public sealed record CallContext(string ConversationId, string CitizenId, string Channel);

/// <summary>A handler's answer.</summary>
/// <param name="Result">What the dialog goes on with.</param>
/// <param name="Rows">Entities to insert in the transaction of the turn.</param>
public sealed record CallAnswer(CallResult Result, params object[] Rows)
{
    /// <summary>
    /// What is to be changed of stored rows, run in the transaction of the turn. A change looks again whether it may be done, for something may have happened
    /// since it was asked for; it throws <see cref="DbUpdateException"/> where it may not, and the turn runs again on what is there now.
    /// </summary>
    public IReadOnlyList<Func<DbContext, Task>> Changes { get; init; } = [];

    /// <summary>Words that no message of a citizen's conversations may hold any longer.</summary>
    public IReadOnlyList<Forgotten> Forgets { get; init; } = [];

    /// <summary>What the room says itself, before the dialog goes on: texts too long for a slot.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    public static implicit operator CallAnswer(CallResult result) => new(result);
}

/// <summary>Words of a citizen that are to be erased from all that was said with her, such as a telephone number.</summary>
public sealed record Forgotten(string CitizenId, string Words);
