using System.Net;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Identity.Client;
using Microsoft.Rest;
using Moq;
using OgpBot.Channels.BotFramework;
using OgpBot.Conversations.Outbox;
using OgpBot.Settings;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>What is sent, and what each way to fail means; and the token that goes with it.</summary>
public sealed class BotFrameworkConnectorTests
{
    private static readonly BotFrameworkAddress Emulator = new("emulator", "c|1", "bot-1", "ana", new Uri("https://service.example/"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_an_activity_of_the_bot_with_its_choices_as_suggested_actions()
    {
        var conversations = new Mock<IConversations>();
        Activity? sent = null;
        conversations.Setup(on => on.SendToConversationWithHttpMessagesAsync("c|1", It.IsAny<Activity>(), null, It.IsAny<CancellationToken>()))
            .Callback((string _, Activity activity, Dictionary<string, List<string>> _, CancellationToken _) => sent = activity)
            .ReturnsAsync(new HttpOperationResponse<ResourceResponse> { Body = new ResourceResponse("1") });

        var answer = await Over(conversations).SendAsync(Emulator, Message("¿Está de acuerdo?", """{"choices":["Sí","No"]}"""), "a-1", Cancel);

        answer.Remedy.ShouldBe(DeliveryRemedy.Done);
        sent!.Type.ShouldBe("message");
        (sent.Text, sent.ReplyToId, sent.From.Id, sent.Recipient.Id).ShouldBe(("¿Está de acuerdo?", "a-1", "bot-1", "ana"));
        sent.SuggestedActions.Actions.Select(action => (action.Type, action.Title, action.Value)).ShouldBe([("imBack", "Sí", "Sí"), ("imBack", "No", "No")]);
    }

    [Fact]
    public void Where_Teams_would_leave_choices_out_they_stand_in_the_text_with_their_numbers()
    {
        var many = """{"choices":["a","b","c","d","e","f","g"]}""";

        var listed = BotFrameworkConnector.Write(Emulator with { ChannelId = "msteams" }, "¿Cuál?", many, null);
        var shown = BotFrameworkConnector.Write(Emulator, "¿Cuál?", many, null);

        listed.Text.ShouldBe("¿Cuál?\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g");
        listed.SuggestedActions.ShouldBeNull();
        shown.SuggestedActions.Actions.Count.ShouldBe(7);
    }

    [Theory]
    [InlineData(408, "Retry")]
    [InlineData(412, "Retry")]
    [InlineData(429, "Retry")]
    [InlineData(500, "Retry")]
    [InlineData(504, "Retry")]
    [InlineData(403, "StopConversation")]
    [InlineData(404, "StopConversation")]
    [InlineData(410, "StopConversation")]
    [InlineData(400, "GiveUp")]
    [InlineData(413, "GiveUp")]
    [InlineData(401, "StopChannel")]
    public async Task Each_refusal_has_its_remedy(int status, string remedy)
    {
        var refused = new ErrorResponseException("no") { Response = new HttpResponseMessageWrapper(new HttpResponseMessage((HttpStatusCode)status), "") };

        (await Over(Throwing(refused)).SendAsync(Emulator, Message("hola"), null, Cancel)).Remedy.ToString().ShouldBe(remedy);
    }

    [Fact]
    public async Task A_broken_line_is_tried_again_and_its_address_is_not_told()
    {
        var answer = await Over(Throwing(new HttpRequestException("https://service.example/secret"))).SendAsync(Emulator, Message("hola"), null, Cancel);

        answer.ShouldBe(new ConnectorAnswer(DeliveryRemedy.Retry, "HttpRequestException"));
    }

    [Fact]
    public async Task What_hangs_is_given_up_after_a_while_and_tried_again()
    {
        var conversations = new Mock<IConversations>();
        conversations.Setup(on => on.SendToConversationWithHttpMessagesAsync(It.IsAny<string>(), It.IsAny<Activity>(), null, It.IsAny<CancellationToken>()))
            .Returns(async (string _, Activity _, Dictionary<string, List<string>> _, CancellationToken cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return new HttpOperationResponse<ResourceResponse>();
            });
        var clock = new Support.TestClock { Hurried = TimeSpan.FromSeconds(15) };

        var answer = await Over(conversations, clock).SendAsync(Emulator, Message("hola"), null, Cancel);

        answer.Remedy.ShouldBe(DeliveryRemedy.Retry);
    }

    [Fact]
    public void Waits_grow_to_a_minute_and_the_connectors_own_word_counts_more()
    {
        var failed = new ConnectorAnswer(DeliveryRemedy.Retry);

        failed.WaitAfter(1).TotalSeconds.ShouldBe(1);
        failed.WaitAfter(3).TotalSeconds.ShouldBe(4);
        failed.WaitAfter(100).TotalSeconds.ShouldBe(60);
        (failed with { RetryAfter = TimeSpan.FromSeconds(90) }).WaitAfter(1).TotalSeconds.ShouldBe(90);
    }

    [Theory]
    [InlineData("Public", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token", "https://api.botframework.com/.default")]
    [InlineData("Government", "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token", "https://api.botframework.us/.default")]
    [InlineData("SingleTenant", "https://login.microsoftonline.com/city.example/oauth2/v2.0/token", "https://api.botframework.com/.default")]
    public async Task The_token_is_asked_of_the_clouds_own_authority_once(string cloud, string authority, string scope)
    {
        var network = new Network(HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3600,"access_token":"abc"}""");
        var token = new ConnectorToken(Settings(cloud), network);
        using var first = new HttpRequestMessage();
        using var second = new HttpRequestMessage();

        await token.ProcessHttpRequestAsync(first, Cancel);
        await token.ProcessHttpRequestAsync(second, Cancel);

        second.Headers.Authorization!.ToString().ShouldBe("Bearer abc");
        var (address, body) = network.Asked.ShouldHaveSingleItem();
        address.ShouldBe(authority, StringCompareShould.IgnoreCase);
        body.ShouldContain($"scope={Uri.EscapeDataString(scope)}");
        body.ShouldContain("grant_type=client_credentials");
    }

    [Fact]
    public async Task A_wrong_password_stops_the_channel_and_names_its_setting()
    {
        var network = new Network(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret 'hunter2' provided."}""");
        var client = new ConnectorClient(Emulator.Service, new ConnectorToken(Settings("Public"), network), network.GetHttpClient(), false);

        var answer = await new BotFrameworkConnector(_ => client, TimeProvider.System).SendAsync(Emulator, Message("hola"), null, Cancel);

        answer.Remedy.ShouldBe(DeliveryRemedy.StopChannel);
        answer.Reason.ShouldContain("OgpBot:BotFramework:AppId and AppPassword (invalid_client)");
    }

    private static BotFrameworkConnector Over(Mock<IConversations> conversations, TimeProvider? clock = null)
    {
        var client = new Mock<IConnectorClient>();
        client.SetupGet(on => on.Conversations).Returns(conversations.Object);
        return new BotFrameworkConnector(_ => client.Object, clock ?? TimeProvider.System);
    }

    private static Mock<IConversations> Throwing(Exception error)
    {
        var conversations = new Mock<IConversations>();
        conversations.Setup(on => on.SendToConversationWithHttpMessagesAsync(It.IsAny<string>(), It.IsAny<Activity>(), null, It.IsAny<CancellationToken>())).ThrowsAsync(error);
        return conversations;
    }

    private static OutboxMessage Message(string text, string? extra = null) => new("c", 2, text, extra, 1, Emulator.ToString(), false, false, null);

    private static BotFrameworkSettings Settings(string cloud) => new(
        new OgpBotOptions
        {
            BotFramework = new BotFrameworkOptions { AppId = "0f8fad5b-d9cb-469f-a165-70867728950e", AppPassword = "hunter2", Cloud = cloud, TenantId = "city.example" },
        },
        Mock.Of<IHostEnvironment>(environment => environment.EnvironmentName == "Production"));

    /// <summary>All that it asks is answered alike.</summary>
    private sealed class Network(HttpStatusCode status, string answer) : HttpMessageHandler, IMsalHttpClientFactory
    {
        internal List<(string Address, string Body)> Asked { get; } = [];

        public HttpClient GetHttpClient() => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add((request.RequestUri!.AbsoluteUri.Split('?')[0], request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(status) { Content = new StringContent(answer, System.Text.Encoding.UTF8, "application/json"), RequestMessage = request };
        }
    }
}
