using System.Net.WebSockets;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>Citizens who have the page open and do nothing cost little, on a small machine too.</summary>
public sealed class DirectLineIdleSocketsTests(ITestOutputHelper output)
{
    private const int Sockets = 1_000;
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
        var started = Megabytes(host);

        // The conversations are begun before, so that the sockets alone are weighed.
        var citizens = new CitizenClient[Sockets];
        var sockets = new ClientWebSocket[Sockets];
        try
        {
            await EachAsync(async (number, _) => citizens[number] = await CitizenClient.StartAsync(address), limit.Token);
            var idle = Megabytes(host);
            await EachAsync(
                async (number, cancellationToken) =>
                {
                    sockets[number] = await OpenAsync(address, citizens[number], cancellationToken);
                    (await NextFrameAsync(sockets[number], cancellationToken)).ShouldBeGreaterThan(0, "the history comes first");
                },
                limit.Token);

            // Each has been kept alive once: nothing was thrown away that is needed again.
            await Task.WhenAll(sockets.Select(async socket => (await NextFrameAsync(socket, limit.Token)).ShouldBe(0, "the keep-alive is empty")));
            var open = Megabytes(host);
            output.WriteLine($"RSS: started {started:0.0} MB, {Sockets} conversations {idle:0.0} MB, their sockets open {open:0.0} MB: {open - idle:+0.0;-0.0} MB");
            (open - idle).ShouldBeLessThanOrEqualTo(MostMegabytes);
        }
        finally
        {
            foreach (var resource in sockets.Concat<IDisposable?>(citizens))
            {
                resource?.Dispose();
            }
        }
    }

    private static double Megabytes(SeparateHost host) => host.ResidentBytes.ShouldNotBeNull() / (1_024.0 * 1_024);

    private static Task EachAsync(Func<int, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, Sockets),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (number, cancelled) => await act(number, cancelled));

    private static async Task<ClientWebSocket> OpenAsync(Uri address, CitizenClient citizen, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        var stream = new Uri($"ws://{address.Authority}/v3/directline/conversations/{citizen.Conversation}/stream?t={citizen.Token}");
        await socket.ConnectAsync(stream, cancellationToken);
        return socket;
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
