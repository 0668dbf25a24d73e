using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OgpBot.Benchmarks;

/// <summary>The citizens: each has a connection of its own and plays whole dialogs, the next one as soon as the last is done.</summary>
internal sealed partial class Crowd : IDisposable
{
    private const int ShownErrors = 5;

    private readonly TelegramPeer? _peer;
    private readonly LoadOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly HttpConnection[] _connections;
    private readonly Timer _sweep;

    public Crowd(IPEndPoint host, TelegramPeer? peer, LoadOptions options, CancellationToken cancellation)
    {
        _peer = peer;
        _options = options;
        _cancellation = cancellation;
        _connections = [.. Enumerable.Range(0, options.Citizens).Select(_ => new HttpConnection(host))];
        _sweep = new Timer(_ => Sweep(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Plays <paramref name="count"/> dialogs, shared out among the citizens, and returns when all are done.</summary>
    public async Task<Played> PlayAsync(string phase, int firstDialog, int count)
    {
        var turns = new ConcurrentBag<List<TimeSpan>>();
        var errors = new ConcurrentQueue<string>();
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        using var progress = new Timer(_ => Console.Error.WriteLine($"{phase}: dialog {Volatile.Read(ref next)} of {count}"), null, 2_000, 2_000);

        await Task.WhenAll(_connections.Select(connection => Task.Run(async () =>
        {
            var own = new List<TimeSpan>();
            for (int dialog; (dialog = Interlocked.Increment(ref next)) < count;)
                if (await TryPlayDialogAsync(connection, firstDialog + dialog, own) is { } error) errors.Enqueue(error);
            turns.Add(own);
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var error in errors.Take(ShownErrors)) await Console.Error.WriteLineAsync($"error: {error.TrimEnd()}");
        return new Played(count, [.. turns.SelectMany(own => own).Order()], errors.Count, elapsed);
    }

    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var connection in _connections) connection.Dispose();
    }

    public static bool HasFolio(string text) => Folio().IsMatch(text);

    /// <summary>Null when the dialog ended with a folio, else what went wrong and what was read until then.</summary>
    private async Task<string?> TryPlayDialogAsync(HttpConnection connection, int dialog, List<TimeSpan> turns)
    {
        _cancellation.ThrowIfCancellationRequested();
        var read = new List<string>();
        try
        {
            var conversation = _peer is null ? await DirectLineConversation.StartAsync(connection, _cancellation) : await TelegramConversation.StartAsync(_peer, _cancellation);
            foreach (var text in DialogScript.For(dialog))
            {
                if (_options.Think > TimeSpan.Zero) await Task.Delay(_options.Think, _cancellation);
                var started = Stopwatch.GetTimestamp();
                var reply = await conversation.SayAsync(text, _cancellation);
                turns.Add(Stopwatch.GetElapsedTime(started));
                read.Add($"> {text}\n< {reply}");
            }

            return HasFolio(read[^1]) ? null : $"dialog {dialog} ended without a folio:\n{string.Join('\n', read)}";
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or FormatException or TimeoutException)
        {
            _cancellation.ThrowIfCancellationRequested();
            return $"dialog {dialog}, turn {read.Count + 1}: {e.Message}\n{string.Join('\n', read)}";
        }
    }

    private void Sweep()
    {
        foreach (var connection in _connections)
            if (_cancellation.IsCancellationRequested) connection.Dispose();
            else connection.CloseIfStuck();
    }

    [GeneratedRegex("PAGA-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")]
    private static partial Regex Folio();
}

/// <summary>What came of a phase; the turns' times are sorted.</summary>
internal sealed record Played(int Dialogs, TimeSpan[] Turns, int Errors, TimeSpan Elapsed);
