using System.Net.WebSockets;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>
/// Citizens who have the page open and do nothing cost little, on a small machine too. What they cost is the host's resident memory, as the kernel
/// counts it, over that of the same host idle: started, and warmed by four hundred citizens who did all that each of the thousand then does (so that code
/// compiled on the way, and room for passing garbage, is not counted) and have gone. No collection is forced: garbage that the host still holds counts, before and after.
/// </summary>
public sealed class DirectLineIdleSocketsTests(ITestOutputHelper output)
{
    private const int Sockets = 1_000;
    private const int Before = 400;
    private const int AtOnce = 16;
    private const double MostMegabytes = 50;

    [Fact]
    [Trait("speed", "slow")]
    public async Task A_thousand_idle_sockets_cost_at_most_fifty_megabytes()
    {
        TestRun.SkipUnlessAll();
        Assert.SkipUnless(File.Exists("/proc/self/status"), "there is no /proc that tells a process's memory");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        using var folder = new TemporaryFolder();
        var address = SeparateHost.FreeAddress();
        using var host = await SeparateHost.StartAsync(folder.Path, address, limit.Token);
        for (var gone = 0; gone < Before; gone++)
        {
            using var socket = await OpenAsync(address, limit.Token);
        }

        using (var last = await OpenAsync(address, limit.Token))
        {
            await ShouldBeKeptAliveAsync(last, limit.Token);
        }

        var idle = Megabytes(host);
        var sockets = new ClientWebSocket[Sockets];
        try
        {
            await Parallel.ForAsync(0, Sockets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = limit.Token }, async (number, cancelled) =>
                sockets[number] = await OpenAsync(address, cancelled));
            await Task.WhenAll(sockets.Select(socket => ShouldBeKeptAliveAsync(socket, limit.Token)));
            var open = Megabytes(host);
            output.WriteLine($"RSS: idle {idle:0.0} MB, {Sockets} sockets open {open:0.0} MB: {open - idle:+0.0;-0.0} MB");
            (open - idle).ShouldBeLessThanOrEqualTo(MostMegabytes);
        }
        finally
        {
            foreach (var socket in sockets)
            {
                socket?.Dispose();
            }
        }
    }

    private static double Megabytes(SeparateHost host) => host.ResidentBytes.ShouldNotBeNull() / (1_024.0 * 1_024);

    // A conversation of its own, begun as the page does, and its socket with the history; the connection that asked for it is closed, as browsers do.
    private static async Task<ClientWebSocket> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        using var citizen = await CitizenClient.StartAsync(address);
        var socket = new ClientWebSocket();
        var stream = new Uri($"ws://{address.Authority}/v3/directline/conversations/{citizen.Conversation}/stream?t={citizen.Token}");
        await socket.ConnectAsync(stream, cancellationToken);
        (await NextFrameAsync(socket, cancellationToken)).ShouldBeGreaterThan(0, "the history comes first");
        return socket;
    }

    // Nothing was thrown away that is needed again. What comes before it is the welcome, where the socket was quicker than that.
    private static async Task ShouldBeKeptAliveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        while (await NextFrameAsync(socket, cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // The length of the next whole frame.
    private static async Task<int> NextFrameAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4_096];
        for (var length = 0; ;)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            received.MessageType.ShouldBe(WebSocketMessageType.Text);
            length += received.Count;
            if (received.EndOfMessage)
            {
                return length;
            }
        }
    }
}
