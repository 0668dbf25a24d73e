using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;

namespace OgpBot.Channels.DirectLine;

/// <summary>
/// The WebSocket of a conversation. It sends sets of activities as they come, from a watermark on. An empty frame keeps the line alive; any other one, such as
/// <c>{}</c>, would silently end the client's stream.
/// </summary>
internal sealed class DirectLineStream(ConversationReader reader, ConversationFeed feed, TurnQueue queue, DirectLineMapper mapper)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TypingAfter = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan TypingAgain = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    internal async Task RunAsync(WebSocket socket, TokenClaims claims, int seq, string site, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var receiving = ReceiveAsync(socket, ended);
        try
        {
            await SendAsync(socket, claims, seq, site, ended.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // The client has gone, is too slow, or the host stops; the client comes back with its watermark.
        }

        await CloseAsync(socket, receiving);
        await receiving;
    }

    private async Task SendAsync(WebSocket socket, TokenClaims claims, int seq, string site, CancellationToken cancellationToken)
    {
        using var watch = feed.Open(claims.Conv);
        while (true)
        {
            var rows = reader.ActivitiesAfter(claims.Conv, seq);
            if (rows.Count > 0)
            {
                seq = rows[^1].Seq;
                await SendAsync(socket, mapper.Write(rows, seq, claims, site), cancellationToken);
            }

            await WaitForNewsAsync(socket, watch, claims, cancellationToken);
        }
    }

    // Typing is told to who watches, has no watermark, and is never stored.
    private async Task WaitForNewsAsync(WebSocket socket, ConversationFeed.Watch watch, TokenClaims claims, CancellationToken cancellationToken)
    {
        if (queue.IsBusy(claims.Conv))
        {
            for (var wait = TypingAfter; !await watch.WaitAsync(wait, cancellationToken) && queue.IsBusy(claims.Conv); wait = TypingAgain)
            {
                await SendAsync(socket, new ActivitySet([DirectLineMapper.Typing(claims.Conv)], null), cancellationToken);
            }

            return;
        }

        if (!await watch.WaitAsync(KeepAlive, cancellationToken))
        {
            await SendFrameAsync(socket, ReadOnlyMemory<byte>.Empty, cancellationToken);
        }
    }

    private static Task SendAsync(WebSocket socket, ActivitySet set, CancellationToken cancellationToken) =>
        SendFrameAsync(socket, JsonSerializer.SerializeToUtf8Bytes(set, DirectLineJson.Plain.ActivitySet), cancellationToken);

    private static async Task SendFrameAsync(WebSocket socket, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SendLimit);
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    // Clients send only keep-alives; they are read to see when the client goes. Nothing is buffered while there is nothing to read.
    private static async Task ReceiveAsync(WebSocket socket, CancellationTokenSource ended)
    {
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                // Not cancelled by the host's stop: that would cut the line, and the client could not be told.
                await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                var buffer = ArrayPool<byte>.Shared.Rent(512);
                try
                {
                    if ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType == WebSocketMessageType.Close)
                    {
                        break;
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // As above.
        }

        await ended.CancelAsync();
    }

    // The client is told, and given a moment to say that it heard.
    private static async Task CloseAsync(WebSocket socket, Task receiving)
    {
        try
        {
            using var limit = new CancellationTokenSource(CloseLimit);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, limit.Token);
            }

            await receiving.WaitAsync(limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // As above.
        }

        socket.Abort();
    }
}
