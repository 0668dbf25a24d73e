using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>The stream, read as a browser's client does.</summary>
public sealed class DirectLineStreamTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task From_an_empty_watermark_the_whole_history_comes()
    {
        using var citizen = await shared.StartCitizenAsync();
        await citizen.SayAsync("3");
        var history = (await citizen.ActivitiesAsync()).Select(activity => activity.Text("id")).ToList();

        using var stream = await StreamReader.OpenAsync(citizen, shared.Host);
        var set = await stream.NextSetAsync();

        set.GetProperty("activities").EnumerateArray().Select(activity => activity.Text("id")).ShouldBe(history);
        set.Text("watermark").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task From_a_watermark_only_what_is_newer_comes_and_nothing_twice()
    {
        using var citizen = await shared.StartCitizenAsync();
        string watermark;
        List<string?> seen;
        using (var stream = await StreamReader.OpenAsync(citizen, shared.Host))
        {
            var set = await stream.NextSetAsync();
            watermark = set.Text("watermark")!;
            seen = Ids(set);
        }

        await citizen.SayAsync("3");
        using var again = await StreamReader.OpenAsync(citizen, shared.Host, watermark);
        var missed = await again.NextSetAsync();

        missed.GetProperty("activities")[0].Text("text").ShouldBe("3");
        seen.AddRange(Ids(missed));
        seen.ShouldBe((await citizen.ActivitiesAsync()).Select(activity => activity.Text("id")));
    }

    [Fact]
    public async Task A_message_and_its_reply_come_as_they_happen_in_order_and_once()
    {
        using var citizen = await shared.StartCitizenAsync();
        using var stream = await StreamReader.OpenAsync(citizen, shared.Host);
        await stream.NextSetAsync();

        using var posted = await citizen.PostAsync("menú", "live");
        var id = (await posted.JsonAsync()).Text("id");
        var seen = new List<JsonElement>();
        string? watermark = null;
        while (!seen.Any(activity => activity.Text("replyToId") == id))
        {
            var set = await stream.NextSetAsync();
            seen.AddRange(set.GetProperty("activities").EnumerateArray());
            watermark = set.Text("watermark");
        }

        seen.Count.ShouldBe(2);
        seen[0].Text("id").ShouldBe(id);
        seen[0].GetProperty("channelData").Text("clientActivityID").ShouldBe("live");
        seen[1].Text("text").ShouldBe("¿Qué quiere hacer?");
        var polled = await (await citizen.Http.GetAsync(
            $"/v3/directline/conversations/{citizen.Conversation}/activities?watermark={watermark}", TestContext.Current.CancellationToken)).JsonAsync();
        polled.GetProperty("activities").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Two_pages_of_the_same_citizen_both_get_it()
    {
        using var citizen = await shared.StartCitizenAsync();
        using var phone = await StreamReader.OpenAsync(citizen, shared.Host);
        using var desk = await StreamReader.OpenAsync(citizen, shared.Host);

        await citizen.SayAsync("3");

        var all = (await citizen.ActivitiesAsync()).Select(activity => activity.Text("id")).ToList();
        (await phone.ReadUntilAsync(all[^1])).ShouldBe(all);
        (await desk.ReadUntilAsync(all[^1])).ShouldBe(all);
    }

    [Fact]
    public async Task A_citizen_sees_nothing_of_another_ones_conversation()
    {
        using var one = await shared.StartCitizenAsync();
        using var other = await shared.StartCitizenAsync();
        using var stream = await StreamReader.OpenAsync(one, shared.Host);
        await stream.NextSetAsync();

        await other.SayAsync("3");
        await one.PostAsync("menú");

        (await stream.NextSetAsync()).GetProperty("activities")[0].Text("text").ShouldBe("menú");
    }

    [Fact]
    public async Task While_a_turn_takes_long_the_citizen_sees_that_the_bot_is_writing()
    {
        using var folder = new TemporaryFolder();
        var release = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(
            new SlowHandler(release.Task)));
        using var citizen = await CitizenClient.StartAsync(host.Address);
        using var stream = await StreamReader.OpenAsync(citizen, host);
        await stream.NextSetAsync();

        using var posted = await citizen.PostAsync("1");
        (await stream.NextSetAsync()).GetProperty("activities")[0].Text("text").ShouldBe("1");
        var typing = await stream.NextSetAsync();
        release.SetResult();
        var reply = await stream.NextSetAsync();
        while (reply.GetProperty("activities")[0].Text("type") == "typing")
        {
            reply = await stream.NextSetAsync();
        }

        typing.TryGetProperty("watermark", out _).ShouldBeFalse();
        var only = typing.GetProperty("activities").EnumerateArray().Single();
        only.Text("type").ShouldBe("typing");
        only.GetProperty("from").Text("role").ShouldBe("bot");
        reply.GetProperty("activities")[0].Text("text")!.ShouldStartWith("Paso 1 de 9");
        (await citizen.ActivitiesAsync()).ShouldAllBe(activity => activity.Text("type") == "message");
    }

    [Theory]
    [InlineData("false", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task A_false_token_is_refused_at_the_handshake(string? token, HttpStatusCode status)
    {
        using var citizen = await shared.StartCitizenAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(shared.Host.Address)
        {
            Scheme = "ws",
            Path = $"/v3/directline/conversations/{citizen.Conversation}/stream",
            Query = token is null ? "" : $"t={token}",
        };

        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken));

        socket.HttpStatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Frames_of_the_client_do_not_disturb_the_stream()
    {
        using var citizen = await shared.StartCitizenAsync();
        using var stream = await StreamReader.OpenAsync(citizen, shared.Host);
        await stream.NextSetAsync();

        await stream.SendAsync("");
        await stream.SendAsync(new string('x', 5_000));
        await citizen.SayAsync("3");

        (await stream.NextSetAsync()).GetProperty("activities")[0].Text("text").ShouldBe("3");
    }

    [Fact]
    public async Task When_the_host_stops_the_socket_is_closed_and_the_stop_does_not_wait()
    {
        using var folder = new TemporaryFolder();
        var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        using var stream = await StreamReader.OpenAsync(citizen, host);
        await stream.NextSetAsync();

        var stopped = host.DisposeAsync().AsTask();

        (await stream.NextTypeAsync()).ShouldBe(WebSocketMessageType.Close);
        await stream.CloseAsync();
        await stopped.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private static List<string?> Ids(JsonElement set) => [.. set.GetProperty("activities").EnumerateArray().Select(activity => activity.Text("id"))];

    private sealed class SlowHandler(Task released) : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            await released.WaitAsync(cancellationToken);
            return new CallResult("open");
        }
    }

    private sealed class StreamReader(ClientWebSocket socket) : IDisposable
    {
        private readonly byte[] buffer = new byte[1 << 20];

        internal static async Task<StreamReader> OpenAsync(CitizenClient citizen, TestHost host, string watermark = "")
        {
            var socket = new ClientWebSocket();
            var address = new UriBuilder(host.Address)
            {
                Scheme = "ws",
                Path = $"/v3/directline/conversations/{citizen.Conversation}/stream",
                Query = $"watermark={watermark}&t={citizen.Token}",
            };
            await socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
            return new StreamReader(socket);
        }

        /// <summary>The next set; a keep-alive before it means that nobody told the stream of the news.</summary>
        internal async Task<JsonElement> NextSetAsync()
        {
            var (type, text) = await NextAsync();
            type.ShouldBe(WebSocketMessageType.Text);
            text.ShouldNotBeEmpty();
            return JsonElement.Parse(text);
        }

        internal async Task<WebSocketMessageType> NextTypeAsync() => (await NextAsync()).Type;

        internal async Task<List<string?>> ReadUntilAsync(string? id)
        {
            var seen = new List<string?>();
            while (!seen.Contains(id))
            {
                seen.AddRange(Ids(await NextSetAsync()));
            }

            return seen;
        }

        internal Task SendAsync(string text) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        internal Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        public void Dispose() => socket.Dispose();

        private async Task<(WebSocketMessageType Type, string Text)> NextAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            var length = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += received.Count;
                if (received.EndOfMessage)
                {
                    return (received.MessageType, Encoding.UTF8.GetString(buffer, 0, length));
                }
            }
        }
    }
}
