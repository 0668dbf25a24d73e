using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>The table of the contract: each call with its statuses and shapes, over HTTP.</summary>
public sealed class DirectLineProtocolTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Root = "/v3/directline";
    private const string Unknown = "no-such-conversation";

    /// <summary>Calls that need a token: without one 401, with a false one 403.</summary>
    public static TheoryData<string, string> CallsWithToken => new()
    {
        { "POST", "/tokens/refresh" },
        { "POST", "/conversations" },
        { "GET", "/conversations/{own}" },
        { "GET", "/conversations/{own}/activities" },
        { "POST", "/conversations/{own}/activities" },
        { "POST", "/conversations/{own}/upload" },
        { "GET", "/conversations/{own}/stream" },
    };

    [Theory]
    [MemberData(nameof(CallsWithToken))]
    public async Task A_call_without_a_token_is_401(string method, string path)
    {
        using var citizen = await shared.StartCitizenAsync();
        citizen.Http.DefaultRequestHeaders.Authorization = null;

        using var answer = await SendAsync(citizen, method, path, Message("hola"));

        await answer.ShouldBeErrorAsync(401);
    }

    [Theory]
    [MemberData(nameof(CallsWithToken))]
    public async Task A_call_with_a_false_token_is_403(string method, string path)
    {
        using var citizen = await shared.StartCitizenAsync();
        var last = citizen.Token[^1] == 'A' ? 'E' : 'A';
        citizen.Http.DefaultRequestHeaders.Authorization = new("Bearer", citizen.Token[..^1] + last);

        using var answer = await SendAsync(citizen, method, path, Message("hola"));

        await answer.ShouldBeErrorAsync(403);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiZGxfeCIsImNvbnYiOiJ4IiwiZXhwIjo5OTk5OTk5OTk5fQ.")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.ñ.ñ")]
    public async Task Rubbish_in_place_of_a_token_is_403_and_no_more(string token)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };

        using var answer = await http.GetAsync($"{Root}/conversations/{Unknown}/stream?t={Uri.EscapeDataString(token)}", TestContext.Current.CancellationToken);

        await answer.ShouldBeErrorAsync(403);
    }

    [Theory]
    [InlineData("GET", "/conversations/{own}")]
    [InlineData("GET", "/conversations/{own}/activities")]
    [InlineData("POST", "/conversations/{own}/activities")]
    [InlineData("POST", "/conversations/{own}/upload")]
    [InlineData("GET", "/conversations/{own}/stream")]
    public async Task A_token_of_another_conversation_is_403(string method, string path)
    {
        using var citizen = await shared.StartCitizenAsync();
        using var other = await shared.StartCitizenAsync();
        citizen.Http.DefaultRequestHeaders.Authorization = new("Bearer", other.Token);

        using var answer = await SendAsync(citizen, method, path, Message("hola"));

        await answer.ShouldBeErrorAsync(403);
        (await other.ActivitiesAsync()).ShouldNotContain(activity => activity.Text("text") == "hola");
    }

    [Theory]
    [InlineData("GET", "/conversations/{own}")]
    [InlineData("GET", "/conversations/{own}/activities")]
    [InlineData("POST", "/conversations/{own}/activities")]
    [InlineData("GET", "/conversations/{own}/stream")]
    public async Task A_conversation_that_was_never_started_is_404(string method, string path)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        var token = await (await http.PostAsync("/chat/token", null, TestContext.Current.CancellationToken)).JsonAsync();
        using var citizen = CitizenClient.Resume(shared.Host.Address, token.Text("token")!, token.Text("conversationId")!);

        using var answer = await SendAsync(citizen, method, path, Message("hola"));

        await answer.ShouldBeErrorAsync(404);
    }

    [Fact]
    public async Task The_secret_gives_a_token_that_starts_a_conversation()
    {
        using var http = WithBearer(SharedHost.Secret);

        using var generated = await PostAsync(http, $"{Root}/tokens/generate", null);

        ((int)generated.StatusCode).ShouldBe(200);
        var token = await generated.JsonAsync();
        token.EnumerateObject().Select(member => member.Name).ShouldBe(["conversationId", "token", "expires_in"]);
        token.GetProperty("expires_in").GetInt32().ShouldBe(3_600);
        var claims = Claims(token);
        claims.Text("conv").ShouldBe(token.Text("conversationId"));
        claims.Text("user")!.ShouldStartWith("dl_");
        claims.GetProperty("exp").GetInt64().ShouldBe(TestClock.Start.ToUnixTimeSeconds() + 3_600);
        using var citizen = WithBearer(token.Text("token")!);
        using var started = await PostAsync(citizen, $"{Root}/conversations", null);
        ((int)started.StatusCode).ShouldBe(201);
        (await started.JsonAsync()).Text("conversationId").ShouldBe(token.Text("conversationId"));
    }

    [Fact]
    public async Task A_token_is_generated_for_the_user_that_is_asked_for()
    {
        using var http = WithBearer(SharedHost.Secret);

        using var answer = await PostAsync(http, $"{Root}/tokens/generate", """{"user":{"id":"dl_ventanilla"}}""");

        Claims(await answer.JsonAsync()).Text("user").ShouldBe("dl_ventanilla");
    }

    [Fact]
    public async Task A_user_id_without_its_prefix_is_400()
    {
        using var http = WithBearer(SharedHost.Secret);

        using var answer = await PostAsync(http, $"{Root}/tokens/generate", """{"user":{"id":"ventanilla"}}""");

        await answer.ShouldBeErrorAsync(400);
    }

    [Fact]
    public async Task A_token_is_not_generated_without_a_header_nor_for_a_wrong_secret_nor_for_a_token()
    {
        using var citizen = await shared.StartCitizenAsync();
        using var nobody = new HttpClient { BaseAddress = shared.Host.Address };
        using var stranger = WithBearer(SharedHost.Secret + "x");

        using var without = await PostAsync(nobody, $"{Root}/tokens/generate", null);
        using var wrong = await PostAsync(stranger, $"{Root}/tokens/generate", null);
        using var withToken = await PostAsync(citizen.Http, $"{Root}/tokens/generate", null);

        await without.ShouldBeErrorAsync(401);
        await wrong.ShouldBeErrorAsync(403);
        await withToken.ShouldBeErrorAsync(403);
    }

    [Fact]
    public async Task No_token_is_generated_where_no_secret_is_set()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        foreach (var secret in new[] { "null", "anything" })
        {
            using var http = new HttpClient { BaseAddress = host.Address };
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {secret}");

            using var answer = await PostAsync(http, $"{Root}/tokens/generate", null);

            await answer.ShouldBeErrorAsync(403);
        }
    }

    [Fact]
    public async Task A_refreshed_token_is_of_the_same_conversation_and_user()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var answer = await PostAsync(citizen.Http, $"{Root}/tokens/refresh", null);

        ((int)answer.StatusCode).ShouldBe(200);
        var token = await answer.JsonAsync();
        token.EnumerateObject().Select(member => member.Name).ShouldBe(["conversationId", "token", "expires_in"]);
        token.Text("conversationId").ShouldBe(citizen.Conversation);
        Claims(token).Text("user").ShouldBe(UserOf(citizen));
    }

    [Fact]
    public async Task A_conversation_is_started_once_with_201_and_found_with_200_after()
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        var token = await (await PostAsync(http, "/chat/token", null)).JsonAsync();
        using var citizen = WithBearer(token.Text("token")!);

        using var first = await PostAsync(citizen, $"{Root}/conversations", null);
        using var second = await PostAsync(citizen, $"{Root}/conversations", """{"bot":"any"}""");

        ((int)first.StatusCode).ShouldBe(201);
        ((int)second.StatusCode).ShouldBe(200);
        foreach (var answer in new[] { await first.JsonAsync(), await second.JsonAsync() })
        {
            answer.EnumerateObject().Select(member => member.Name).ShouldBe(["conversationId", "token", "expires_in", "streamUrl", "referenceGrammarId"]);
            answer.Text("conversationId").ShouldBe(token.Text("conversationId"));
        }

        var welcomes = await CitizenClient.Resume(shared.Host.Address, token.Text("token")!, token.Text("conversationId")!).ActivitiesAsync();
        welcomes.Count(activity => activity.Text("text")!.Contains("soy OgpBot", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_does_not_start_a_conversation()
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        var token = await (await PostAsync(http, "/chat/token", null)).JsonAsync();
        using var citizen = WithBearer(token.Text("token")!);

        using var answer = await PostAsync(citizen, $"{Root}/conversations", "{");

        await answer.ShouldBeErrorAsync(400);
    }

    [Fact]
    public async Task Coming_back_gives_a_token_that_works_and_an_absolute_stream_address()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var answer = await citizen.Http.GetAsync($"{Root}/conversations/{citizen.Conversation}?watermark=2", TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(200);
        var body = await answer.JsonAsync();
        body.Text("conversationId").ShouldBe(citizen.Conversation);
        var stream = new Uri(body.Text("streamUrl")!);
        stream.Scheme.ShouldBe("ws");
        stream.Authority.ShouldBe(shared.Host.Address.Authority);
        stream.AbsolutePath.ShouldBe($"{Root}/conversations/{citizen.Conversation}/stream");
        stream.Query.ShouldBe($"?watermark=2&t={body.Text("token")}");
        using var again = CitizenClient.Resume(shared.Host.Address, body.Text("token")!, citizen.Conversation);
        (await again.ActivitiesAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_stream_address_is_that_of_the_public_host_behind_a_proxy_of_this_machine()
    {
        using var citizen = await shared.StartCitizenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/conversations/{citizen.Conversation}");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "consulta.example.org");

        using var answer = await citizen.Http.SendAsync(request, TestContext.Current.CancellationToken);

        (await answer.JsonAsync()).Text("streamUrl")!.ShouldStartWith($"wss://consulta.example.org{Root}/conversations/{citizen.Conversation}/stream?t=");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("%201")]
    public async Task A_watermark_that_is_no_number_is_400(string watermark)
    {
        using var citizen = await shared.StartCitizenAsync();

        using var activities = await citizen.Http.GetAsync(
            $"{Root}/conversations/{citizen.Conversation}/activities?watermark={watermark}", TestContext.Current.CancellationToken);
        using var back = await citizen.Http.GetAsync($"{Root}/conversations/{citizen.Conversation}?watermark={watermark}", TestContext.Current.CancellationToken);

        await activities.ShouldBeErrorAsync(400);
        await back.ShouldBeErrorAsync(400);
    }

    [Fact]
    public async Task Activities_always_come_with_a_watermark_from_which_only_newer_ones_come()
    {
        using var citizen = await shared.StartCitizenAsync();
        var path = $"{Root}/conversations/{citizen.Conversation}/activities";

        var first = await (await citizen.Http.GetAsync(path, TestContext.Current.CancellationToken)).JsonAsync();
        var nothing = await (await citizen.Http.GetAsync($"{path}?watermark={first.Text("watermark")}", TestContext.Current.CancellationToken)).JsonAsync();
        await citizen.SayAsync("menú");
        var news = await (await citizen.Http.GetAsync($"{path}?watermark={first.Text("watermark")}", TestContext.Current.CancellationToken)).JsonAsync();

        first.GetProperty("activities").GetArrayLength().ShouldBeGreaterThan(0);
        nothing.GetProperty("activities").GetArrayLength().ShouldBe(0);
        nothing.Text("watermark").ShouldBe(first.Text("watermark"));
        news.GetProperty("activities")[0].Text("text").ShouldBe("menú");
        news.Text("watermark").ShouldNotBe(first.Text("watermark"));
    }

    [Fact]
    public async Task An_activity_has_the_members_that_clients_read()
    {
        using var citizen = await shared.StartCitizenAsync();
        await citizen.SayAsync("menú");

        var activities = await citizen.ActivitiesAsync();

        foreach (var activity in activities)
        {
            activity.Text("type").ShouldBe("message");
            activity.Text("channelId").ShouldBe("directline");
            activity.GetProperty("conversation").Text("id").ShouldBe(citizen.Conversation);
            activity.Text("timestamp").ShouldBe("2026-11-16T18:00:00.000Z");
            activity.Text("textFormat").ShouldBe("plain");
            activity.Text("id")!.ShouldStartWith($"{citizen.Conversation}|");
        }

        activities.Select(activity => activity.Text("id")).ShouldBeUnique();
        var (echo, menu) = (activities.Single(activity => activity.Text("text") == "menú"), activities[^1]);
        echo.GetProperty("from").Text("role").ShouldBe("user");
        echo.GetProperty("from").Text("id").ShouldBe(UserOf(citizen));
        menu.GetProperty("from").Text("role").ShouldBe("bot");
        var buttons = menu.GetProperty("suggestedActions").GetProperty("actions").EnumerateArray().ToList();
        buttons.Select(button => button.Text("title")).ShouldBe(
            ["Enviar un problema o propuesta", "Preguntar sobre el proceso", "¿Cómo va el plan?", "Consultar mi folio", "Mis aportes"]);
        buttons.ShouldAllBe(button => button.Text("type") == "imBack" && button.Text("value") == button.Text("title"));
    }

    [Fact]
    public async Task A_posted_activity_gets_the_id_that_its_echo_has()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await citizen.PostAsync("hola");

        ((int)posted.StatusCode).ShouldBe(200);
        var id = (await posted.JsonAsync()).Text("id")!;
        id.ShouldMatch($@"^{citizen.Conversation}\|\d{{7}}$");
        (await citizen.ActivitiesAsync()).Single(activity => activity.Text("text") == "hola").Text("id").ShouldBe(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"hola\"")]
    [InlineData("""{"type":"message","text":"hola"} {}""")]
    [InlineData("""{"type":"message","text":"hola\u12"}""")]
    [InlineData("""{"text":"hola"}""")]
    [InlineData("""{"type":7,"text":"hola"}""")]
    [InlineData("""{"type":"","text":"hola"}""")]
    public async Task A_body_that_is_no_activity_is_400_and_nothing_is_kept(string json)
    {
        using var citizen = await shared.StartCitizenAsync();

        using var answer = await citizen.PostRawAsync(json);

        await answer.ShouldBeErrorAsync(400);
        (await citizen.ActivitiesAsync()).ShouldAllBe(activity => activity.GetProperty("from").Text("role") == "bot");
    }

    [Fact]
    public async Task A_sender_that_a_client_names_itself_is_replaced_by_the_user_of_the_token()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var named = await citizen.PostRawAsync("""{"type":"message","text":"uno","from":{"id":"myUserId","name":"myUserName"}}""");
        using var foreign = await citizen.PostRawAsync("""{"type":"message","text":"dos","from":{"id":"dl_otra"}}""");
        using var own = await citizen.PostRawAsync(JsonSerializer.Serialize(new { type = "message", text = "tres", from = new { id = UserOf(citizen) } }));

        foreach (var posted in new[] { named, foreign, own })
        {
            ((int)posted.StatusCode).ShouldBe(200);
        }

        var echoes = (await citizen.ActivitiesAsync()).Where(activity => activity.GetProperty("from").Text("role") == "user").ToList();
        echoes.Select(echo => echo.Text("text")).ShouldBe(["uno", "dos", "tres"]);
        echoes.ShouldAllBe(echo => echo.GetProperty("from").Text("id") == UserOf(citizen));
    }

    [Theory]
    [InlineData("GET", "/conversations/no-such-conversation")]
    [InlineData("GET", "/conversations/no-such-conversation/activities")]
    [InlineData("POST", "/conversations/no-such-conversation/activities")]
    [InlineData("GET", "/conversations/no-such-conversation/stream")]
    public async Task An_unknown_conversation_that_is_asked_for_with_the_secret_is_404(string method, string path)
    {
        using var citizen = CitizenClient.Resume(shared.Host.Address, SharedHost.Secret, Unknown);

        using var answer = await SendAsync(citizen, method, path, Message("hola"));

        await answer.ShouldBeErrorAsync(404);
    }

    [Fact]
    public async Task The_secret_starts_a_conversation_speaks_in_it_and_reads_it()
    {
        using var http = WithBearer(SharedHost.Secret);
        using var started = await PostAsync(http, $"{Root}/conversations", null);
        ((int)started.StatusCode).ShouldBe(201);
        var connection = await started.JsonAsync();
        using var server = CitizenClient.Resume(shared.Host.Address, SharedHost.Secret, connection.Text("conversationId")!);

        using var posted = await server.PostRawAsync("""{"type":"message","text":"menú","from":{"id":"myUserId"}}""");

        ((int)posted.StatusCode).ShouldBe(200);
        var echo = (await server.ActivitiesAsync()).Single(activity => activity.Text("text") == "menú");
        echo.GetProperty("from").Text("id").ShouldBe(Claims(connection).Text("user"));
        using var back = await server.Http.GetAsync($"{Root}/conversations/{server.Conversation}", TestContext.Current.CancellationToken);
        Claims(await back.JsonAsync()).Text("user").ShouldBe(Claims(connection).Text("user"));
    }

    [Fact]
    public async Task A_token_can_be_refreshed_before_its_conversation_was_started()
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        var token = await (await PostAsync(http, "/chat/token", null)).JsonAsync();
        using var citizen = WithBearer(token.Text("token")!);

        using var refreshed = await PostAsync(citizen, $"{Root}/tokens/refresh", null);

        ((int)refreshed.StatusCode).ShouldBe(200);
        using var later = WithBearer((await refreshed.JsonAsync()).Text("token")!);
        using var started = await PostAsync(later, $"{Root}/conversations", null);
        (await started.JsonAsync()).Text("conversationId").ShouldBe(token.Text("conversationId"));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_try_again()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path, new Dictionary<string, string?> { ["OgpBot:RateLimits:Enabled"] = "true" });
        using var http = new HttpClient { BaseAddress = host.Address };
        HttpResponseMessage answer;
        do
        {
            answer = await PostAsync(http, "/chat/token", null);
        }
        while (answer.IsSuccessStatusCode);

        await answer.ShouldBeErrorAsync(429);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("EN")]
    [InlineData("en_US")]
    [InlineData("en-us")]
    [InlineData("En-GB")]
    public async Task Whatever_the_case_of_its_language_tag_a_client_meets_an_English_bot(string locale)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        var token = await (await PostAsync(http, "/chat/token", null)).JsonAsync();
        using var citizen = CitizenClient.Resume(shared.Host.Address, token.Text("token")!, token.Text("conversationId")!);

        using var started = await PostAsync(citizen.Http, $"{Root}/conversations", JsonSerializer.Serialize(new { locale }));
        var greeting = await citizen.SayAsync("menu");
        using var page = await http.GetAsync($"/?lang={locale}", TestContext.Current.CancellationToken);

        (await citizen.ActivitiesAsync()).Select(activity => activity.Text("text")!).First(text => text != "menu").ShouldStartWith("Hello, I am OgpBot.");
        greeting.ShouldBe("What would you like to do?");
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<html lang=\"en\"");
    }

    [Fact]
    public async Task The_language_of_a_message_counts_until_the_citizen_chooses_one()
    {
        using var citizen = await shared.StartCitizenAsync();

        (await SayInAsync(citizen, "en_US", "menu")).ShouldBe("What would you like to do?");
        (await SayInAsync(citizen, "es-MX", "menú")).ShouldBe("¿Qué quiere hacer?");
        (await SayInAsync(citizen, "fr", "menú")).ShouldBe("¿Qué quiere hacer?");
        await SayInAsync(citizen, "en", "language");
        await SayInAsync(citizen, "en", "Español");
        (await SayInAsync(citizen, "en", "menú")).ShouldBe("¿Qué quiere hacer?");
    }

    [Theory]
    [InlineData("/conversations/{own}")]
    [InlineData("/conversations/{own}/activities")]
    public async Task What_can_be_read_can_be_asked_for_without_its_body(string path)
    {
        using var citizen = await shared.StartCitizenAsync();

        using var answer = await SendAsync(citizen, "HEAD", path, "");

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_chunk_of_an_impossible_size_is_400(string size)
    {
        using var log = new LogLines();
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path, configure: log.AddTo);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        foreach (var path in new[] { $"{Root}/conversations/{citizen.Conversation}/activities", $"{Root}/conversations/{citizen.Conversation}/upload", "/api/ask" })
        {
            using var line = new System.Net.Sockets.TcpClient();
            await line.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
            await using var stream = line.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {citizen.Token}\r\nContent-Type: {(path.EndsWith("upload", StringComparison.Ordinal) ? "multipart/form-data; boundary=x" : "application/json")}\r\n"
                    + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"),
                TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("HTTP/1.1 400 Bad Request", path);
        }

        log.All.ShouldNotContain(line => line.Contains("A request failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("evil.example", null, null, null)]
    [InlineData("evil.example:5080", "https://consulta.example.org/", null, "consulta.example.org")]
    [InlineData("consulta.example.org", "https://consulta.example.org/", null, "consulta.example.org")]
    [InlineData("evil.example:5080", null, "https://consulta.example.org/", "consulta.example.org")]
    [InlineData("evil.example:5080", "https://consulta.example.org", "https://bot.example", "consulta.example.org")]
    public async Task Addresses_name_no_host_that_nobody_allowed(string called, string? publicUrl, string? ofTelegram, string? expected)
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path, new Dictionary<string, string?>
        {
            ["OgpBot:PublicUrl"] = publicUrl,
            ["OgpBot:Telegram:PublicUrl"] = ofTelegram,
        });
        using var citizen = await CitizenClient.StartAsync(host.Address);
        citizen.Http.DefaultRequestHeaders.Host = called;
        citizen.Http.DefaultRequestHeaders.Add("X-Original-Host", "evil.example");

        using var answer = await citizen.Http.GetAsync($"{Root}/conversations/{citizen.Conversation}", TestContext.Current.CancellationToken);
        var feed = await citizen.Http.GetStringAsync("/plan.atom", TestContext.Current.CancellationToken);

        new Uri((await answer.JsonAsync()).Text("streamUrl")!).Authority.ShouldBe(expected ?? host.Address.Authority);
        feed.ShouldContain(expected is null ? $"href=\"{host.Address}plan\"" : $"href=\"https://{expected}/plan\"");
        feed.ShouldNotContain("evil");
    }

    [Fact]
    public async Task A_host_that_the_settings_name_is_one_of_ours()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path, new Dictionary<string, string?> { ["AllowedHosts"] = "127.0.0.1;consulta.example.org" });
        using var citizen = await CitizenClient.StartAsync(host.Address);
        citizen.Http.DefaultRequestHeaders.Host = "consulta.example.org";

        using var answer = await citizen.Http.GetAsync($"{Root}/conversations/{citizen.Conversation}", TestContext.Current.CancellationToken);

        (await answer.JsonAsync()).Text("streamUrl")!.ShouldStartWith("ws://consulta.example.org/");
    }

    [Theory]
    [InlineData("PublicUrl", null)]
    [InlineData("PublicUrl", "https://consulta.example.org")]
    [InlineData("Telegram:PublicUrl", "https://consulta.example.org")]
    public async Task An_address_in_a_text_comes_as_a_link_beside_it_too(string setting, string? publicUrl)
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path, new Dictionary<string, string?> { [$"OgpBot:{setting}"] = publicUrl });
        using var citizen = await CitizenClient.StartAsync(host.Address);
        var site = publicUrl ?? host.Address.ToString().TrimEnd('/');

        await citizen.SayAsync("1");
        var notice = (await citizen.ActivitiesAsync()).Single(activity => activity.Text("text")!.Contains("El aviso completo", StringComparison.Ordinal));
        await citizen.SayAsync("estado");
        var plan = (await citizen.ActivitiesAsync()).Single(activity => activity.Text("text")!.Contains("Fechas, fuentes", StringComparison.Ordinal));

        LinkOf(notice).ShouldBe($"{site}/privacidad");
        LinkOf(plan).ShouldBe($"{site}/plan");
        (await citizen.ActivitiesAsync()).Where(activity => activity.TryGetProperty("attachments", out _)).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_256_KB_is_413_and_a_smaller_one_is_not(bool chunked)
    {
        using var citizen = await shared.StartCitizenAsync();

        using var tooLarge = await PostSizedAsync(citizen, (256 * 1024) + 1, chunked);
        using var farTooLarge = await PostSizedAsync(citizen, 1000 * 1024, chunked);
        using var largest = await PostSizedAsync(citizen, 256 * 1024, chunked);

        await tooLarge.ShouldBeErrorAsync(413);
        await farTooLarge.ShouldBeErrorAsync(413);
        ((int)largest.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync()).Count(activity => activity.GetProperty("from").Text("role") == "user").ShouldBe(1);
    }

    [Fact]
    public async Task A_preflight_of_an_allowed_site_is_answered_without_a_token()
    {
        using var answer = await PreflightAsync(SharedHost.AllowedOrigin);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([SharedHost.AllowedOrigin]);
        var allowed = string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers")).ToLowerInvariant();
        foreach (var header in new[] { "authorization", "content-type", "x-ms-bot-agent", "x-requested-with" })
        {
            allowed.ShouldContain(header);
        }
    }

    [Fact]
    public async Task A_preflight_of_another_site_gets_no_permission()
    {
        using var answer = await PreflightAsync("https://www.example.com");

        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData(SharedHost.AllowedOrigin, true)]
    [InlineData("https://www.example.com", false)]
    public async Task An_error_too_can_be_read_by_an_allowed_site_and_by_no_other(string origin, bool allowed)
    {
        using var http = WithBearer("false");
        http.DefaultRequestHeaders.Add("Origin", origin);

        using var answer = await http.GetAsync($"{Root}/conversations/{Unknown}", TestContext.Current.CancellationToken);

        await answer.ShouldBeErrorAsync(403);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
    }

    [Fact]
    public async Task A_stream_that_is_asked_for_without_a_socket_is_400()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var answer = await citizen.Http.GetAsync($"{Root}/conversations/{citizen.Conversation}/stream", TestContext.Current.CancellationToken);

        await answer.ShouldBeErrorAsync(400);
    }

    private static string LinkOf(JsonElement activity)
    {
        var card = activity.GetProperty("attachments").EnumerateArray().ShouldHaveSingleItem();
        card.Text("contentType").ShouldBe("application/vnd.microsoft.card.hero");
        var button = card.GetProperty("content").GetProperty("buttons").EnumerateArray().ShouldHaveSingleItem();
        button.Text("type").ShouldBe("openUrl");
        button.Text("title").ShouldNotBeNullOrEmpty();
        return button.Text("value")!;
    }

    private static async Task<string> SayInAsync(CitizenClient citizen, string locale, string text)
    {
        using var posted = await citizen.PostRawAsync(JsonSerializer.Serialize(new { type = "message", text, locale }));
        posted.EnsureSuccessStatusCode();
        return (await citizen.ActivitiesAsync())[^1].Text("text")!;
    }

    private static string Message(string text) => JsonSerializer.Serialize(new { type = "message", text });

    private static JsonElement Claims(JsonElement token) => ClaimsOf(token.Text("token")!);

    private static string UserOf(CitizenClient citizen) => ClaimsOf(citizen.Token).Text("user")!;

    private static JsonElement ClaimsOf(string token) => JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static Task<HttpResponseMessage> SendAsync(CitizenClient citizen, string method, string path, string body) => citizen.Http.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), Root + path.Replace("{own}", citizen.Conversation, StringComparison.Ordinal))
        {
            Content = method == "POST" ? new StringContent(body, Encoding.UTF8, "application/json") : null,
        },
        TestContext.Current.CancellationToken);

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string? json) =>
        http.PostAsync(path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> PostSizedAsync(CitizenClient citizen, int size, bool chunked)
    {
        var empty = Encoding.UTF8.GetByteCount(Message(""));
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Message(new string('x', size - empty))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}/conversations/{citizen.Conversation}/activities") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        return await citizen.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Options, $"{Root}/conversations");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with");
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private HttpClient WithBearer(string token)
    {
        var http = new HttpClient { BaseAddress = shared.Host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }
}
