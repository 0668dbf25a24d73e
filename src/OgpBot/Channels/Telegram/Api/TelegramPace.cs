using OgpBot.Conversations.Outbox;
using Telegram.Bot.Exceptions;

namespace OgpBot.Channels.Telegram.Api;

/// <summary>
/// When the next message may go. Each chat has a bucket of 3, refilled one a second. All chats together have so many a second as the settings say. No message
/// goes before a <c>retry_after</c> is over. A message counts from the end of its call: Telegram may receive it at any moment before, and so two never arrive
/// too close. Nothing is kept of a chat that has been idle.
/// </summary>
/// <param name="afterRestart">Whether another run of the program may have sent until just now; then each chat's bucket is empty at first.</param>
#pragma warning disable CA1001 // The semaphore holds nothing to dispose of unless its wait handle is asked for.
internal sealed class TelegramPace(TimeProvider clock, int mostPerSecond = TelegramPace.UsualPerSecond, bool afterRestart = false)
#pragma warning restore CA1001
{
    internal const int ChatBurst = 3;
    internal const int UsualPerSecond = 30;
    private const int FewestSwept = 256;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Waiters get a place in the order in which they came.
    private readonly SemaphoreSlim places = new(mostPerSecond);
    private readonly Dictionary<long, ChatPace> chats = [];
    private readonly long start = clock.GetTimestamp();
    private readonly TimeSpan fullAtFirst = afterRestart ? ChatBurst * Second : TimeSpan.Zero;
    private TimeSpan silentUntil;
    private int sweepAt = FewestSwept;

    /// <summary>How many chats are remembered.</summary>
    internal int Chats => chats.Count;

    private TimeSpan Now => clock.GetElapsedTime(start);

    /// <summary>Waits until a message may go, and sends it.</summary>
    internal async Task SendAsync(long chat, Func<Task> send, CancellationToken cancellationToken)
    {
        for (var isFree = false; !isFree;)
        {
            await UntilAsync(() => FreeAt(chat), cancellationToken);
            await places.WaitAsync(cancellationToken);
            isFree = Take(chat);
            if (!isFree)
            {
                // While it waited for a place, the chat was told to be silent or another message of it went first.
                places.Release();
            }
        }

        try
        {
            await send();
        }
        finally
        {
            End(chat);
        }
    }

    /// <summary>Makes a call until Telegram takes it: what a 429 says is obeyed, after other failures each wait is longer.</summary>
    /// <param name="chat">The one that the call is for; null: for none.</param>
    /// <param name="silenced">Told how long a 429 asks to wait.</param>
    /// <exception cref="RequestException">Telegram refuses it for ever.</exception>
    internal async Task UntilTakenAsync(
        long? chat, Func<Task> call, CancellationToken cancellationToken, TimeSpan? longestWait = null, Func<TimeSpan, Task>? silenced = null)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await call();
                return;
            }
            catch (RequestException error) when (error.RetryAfter() is { } told)
            {
                Obey(chat, told);
                await (silenced?.Invoke(told) ?? Task.CompletedTask);
                await WhenAllowedAsync(chat, cancellationToken);
            }
            catch (RequestException error) when (error.Remedy() == DeliveryRemedy.Retry)
            {
                var wait = error.WaitAfter(++failures);
                await Task.Delay(wait > longestWait ? longestWait.Value : wait, clock, cancellationToken);
            }
        }
    }

    /// <summary>Waits only for the end of a <c>retry_after</c>: for edits, which no bucket counts.</summary>
    internal Task WhenAllowedAsync(long? chat, CancellationToken cancellationToken) => UntilAsync(() => SilentUntil(chat), cancellationToken);

    /// <summary>Whether a <c>retry_after</c> still holds, so that a sign of writing would come too late and is left out.</summary>
    internal bool IsSilent(long chat) => SilentUntil(chat) > Now;

    /// <summary>Obeys a 429.</summary>
    /// <param name="chat">The one the call was for; null where it was for none, and so speaks for the whole bot.</param>
    internal void Obey(long? chat, TimeSpan retryAfter)
    {
        lock (chats)
        {
            var until = Now + retryAfter;
            if (chat is { } id)
            {
                var pace = Remember(id);
                pace.SilentUntil = Later(pace.SilentUntil, until);
            }
            else
            {
                silentUntil = Later(silentUntil, until);
            }
        }
    }

    private bool Take(long chat)
    {
        lock (chats)
        {
            var now = Now;
            if (FreeAt(chat) > now)
            {
                return false;
            }

            var pace = Remember(chat);
            pace.FullAt = Later(pace.FullAt, now) + Second;
            return true;
        }
    }

    private void End(long chat)
    {
        lock (chats)
        {
            var pace = Remember(chat);
            pace.FullAt = Later(pace.FullAt, Now + Second);
        }

        _ = FreePlaceAsync(Now + Second);
    }

    private async Task FreePlaceAsync(TimeSpan at)
    {
        await UntilAsync(() => at, CancellationToken.None);
        places.Release();
    }

    private TimeSpan FreeAt(long chat)
    {
        lock (chats)
        {
            var fullAt = chats.TryGetValue(chat, out var pace) ? pace.FullAt : fullAtFirst;
            return Later(fullAt - (ChatBurst - 1) * Second, SilentUntil(chat));
        }
    }

    private TimeSpan SilentUntil(long? chat)
    {
        lock (chats)
        {
            return chat is { } id && chats.TryGetValue(id, out var pace) ? Later(pace.SilentUntil, silentUntil) : silentUntil;
        }
    }

    private async Task UntilAsync(Func<TimeSpan> at, CancellationToken cancellationToken)
    {
        // Again and again: a timer may ring early, and what it waits for may have moved.
        while (at() - Now is { Ticks: > 0 } wait)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), clock, cancellationToken);
        }
    }

    private ChatPace Remember(long chat)
    {
        if (!chats.TryGetValue(chat, out var pace))
        {
            Sweep();
            chats[chat] = pace = new ChatPace { FullAt = fullAtFirst };
        }

        return pace;
    }

    private void Sweep()
    {
        if (chats.Count < sweepAt)
        {
            return;
        }

        var now = Now;
        foreach (var (chat, pace) in chats)
        {
            if (pace.FullAt <= now && pace.SilentUntil <= now)
            {
                chats.Remove(chat);
            }
        }

        sweepAt = Math.Max(FewestSwept, 2 * chats.Count);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class ChatPace
    {
        /// <summary>When the bucket will be full again; each message moves it a second further.</summary>
        internal TimeSpan FullAt { get; set; }

        internal TimeSpan SilentUntil { get; set; }
    }
}
