using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Unicode;

namespace OgpBot.Benchmarks;

/// <summary>
/// One keep-alive HTTP/1.1 connection, one call at a time. By hand, because HttpClient costs about 40 % more CPU per turn and the client
/// shares the machine with the host it measures. It knows what this host sends (Content-Length or chunked), nothing more.
/// </summary>
internal sealed class HttpConnection(IPEndPoint host) : IDisposable
{
    private const int LongestAnswer = 1 << 20;
    private const string JsonOfLength = "Content-Type: application/json\r\nContent-Length: ";
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly byte[] _outgoing = new byte[16 * 1024];
    private readonly string _host = host.ToString();
    private byte[] _incoming = new byte[16 * 1024];
    private Socket? _socket;
    private long _callStarted;

    public ValueTask<HttpAnswer> GetAsync(string path, string? bearer = null) => CallAsync("GET", path, bearer, default);

    public ValueTask<HttpAnswer> PostAsync(string path, string? bearer = null, ReadOnlyMemory<byte> json = default) =>
        CallAsync("POST", path, bearer, json);

    /// <summary>Ends a call that takes too long: one sweep over all connections is cheaper than a timer for each call.</summary>
    public void CloseIfStuck()
    {
        if (IsStuck) Dispose();
    }

    /// <summary>Closes the socket; the next call opens a new one.</summary>
    public void Dispose() => Interlocked.Exchange(ref _socket, null)?.Dispose();

    private async ValueTask<HttpAnswer> CallAsync(string method, string path, string? bearer, ReadOnlyMemory<byte> json)
    {
        Volatile.Write(ref _callStarted, Stopwatch.GetTimestamp());
        try
        {
            var socket = _socket ?? await ConnectAsync();
            var length = WriteRequest(method, path, bearer, json.Span);
            var sent = await socket.SendAsync(_outgoing.AsMemory(0, length));
            if (sent != length) throw new IOException("The host took only a part of the request.");

            var answer = await ReceiveAsync(socket);
            if (answer.Closes) Dispose();
            return answer;
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException or ObjectDisposedException)
        {
            Dispose();
            throw new IOException($"{method} {path.Split('?')[0]}: {(IsStuck ? "no answer within 10 s." : e.Message)}", e);
        }
        finally
        {
            Volatile.Write(ref _callStarted, 0);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket = socket;
        await socket.ConnectAsync(host);
        return socket;
    }

    private bool IsStuck => Volatile.Read(ref _callStarted) is var started and not 0 && Stopwatch.GetElapsedTime(started) > CallLimit;

    private int WriteRequest(string method, string path, string? bearer, ReadOnlySpan<byte> json)
    {
        var authorization = bearer is null ? "" : "Authorization: Bearer ";
        var lineEnd = bearer is null ? "" : "\r\n";
        var fits = Utf8.TryWrite(
            _outgoing,
            $"{method} {path} HTTP/1.1\r\nHost: {_host}\r\n{authorization}{bearer}{lineEnd}{JsonOfLength}{json.Length}\r\n\r\n",
            out var head);
        if (!fits || !json.TryCopyTo(_outgoing.AsSpan(head))) throw new InvalidDataException("The request is longer than the buffer.");
        return head + json.Length;
    }

    private async ValueTask<HttpAnswer> ReceiveAsync(Socket socket)
    {
        var filled = 0;
        while (true)
        {
            if (filled == _incoming.Length) Array.Resize(ref _incoming, filled * 2);
            var count = await socket.ReceiveAsync(_incoming.AsMemory(filled));
            if (count == 0) throw new IOException("The host closed the connection.");
            filled += count;
            if (HttpAnswer.TryParse(_incoming.AsMemory(0, filled), out var answer)) return answer;
            if (filled >= LongestAnswer) throw new InvalidDataException("The answer is longer than 1 MB.");
        }
    }
}
