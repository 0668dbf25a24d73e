using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Dialogs;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>A citizen on Bot Framework.</summary>
public sealed class BotFrameworkChannelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_dialog_is_filed_and_each_message_comes_once()
    {
        await using var run = await BotFrameworkRun.BegunAsync();

        var first = await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await run.SayAsync("Acepto", "Paso 2 de 9");
        await run.SayAsync("El agua llega sólo dos horas al día a mi calle.", "Paso 3 de 9");
        await run.SayAsync("Gobierno digital y acceso a servicios públicos", "Paso 4 de 9");
        await run.SayAsync("Toda la ciudad", "Paso 7 de 9");
        await run.SayAsync("Publicar un calendario por colonia.", "Paso 8 de 9");
        await run.SayAsync("Prefiero no dejar datos", "Paso 9 de 9");
        await run.SayAsync("Enviar", "¿Qué más quiere hacer?");

        first.Choices.ShouldContain("Acepto");
        first.Activity.GetProperty("from").Text("id").ShouldBe("bot-1");
        first.Activity.GetProperty("recipient").Text("id").ShouldBe($"citizen-{BotFrameworkRun.Conversation}");
        first.Activity.Text("replyToId").ShouldBe("a-2");
        first.Activity.Text("textFormat").ShouldBe("plain");
        var stored = (await run.StoredAsync()).ShouldHaveSingleItem();
        stored["channel"].ShouldBe("botframework");
        run.Texts.ShouldBeUnique();
        run.Texts.ShouldContain(text => text.Contains(stored["folio"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_arrives_is_greeted_once_in_her_language_and_told_who_sees_the_chat()
    {
        await using var run = await BotFrameworkRun.StartAsync();

        await run.PostAsync(run.Citizen.Arrival("en-US"));
        await run.Citizen.ReadAsync("What would you like to do?");
        await run.PostAsync(run.Citizen.Arrival("en-US"));
        await run.Host.WhenAllIsSentAsync();

        run.Texts.Count.ShouldBe(2);
        run.Texts[0].ShouldContain("Teams");
    }

    [Fact]
    public async Task A_bot_that_arrives_alone_says_nothing_and_the_first_message_begins_the_dialog()
    {
        await using var run = await BotFrameworkRun.StartAsync();
        var arrival = run.Citizen.Arrival();
        arrival["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "bot-1" });

        await run.PostAsync(arrival);
        await run.SayAsync("hola", "¿Qué quiere hacer?");
        await run.PostAsync(run.Citizen.Arrival());
        await run.Host.WhenAllIsSentAsync();

        run.Texts.ShouldBeUnique();
        run.Texts[0].ShouldStartWith("Hola, soy OgpBot");
    }

    [Fact]
    public async Task A_photo_is_told_to_be_unreadable_and_an_edit_changes_nothing()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        var photo = run.Citizen.Activity("message");
        photo["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/png", ["contentUrl"] = "https://photos.example/1.png" });
        await run.PostAsync(photo);
        await run.Host.WhenAllIsSentAsync();
        run.Texts.ShouldContain(text => text.StartsWith("Por ahora sólo puedo leer texto.", StringComparison.Ordinal));
        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        var edit = run.Citizen.Message("otra cosa", "a-3");
        edit["type"] = "messageUpdate";

        await run.PostAsync(edit);
        await run.Citizen.ReadAsync("Vi que cambió un mensaje suyo.");
        await run.PostAsync(edit.DeepClone());
        await run.Host.WhenAllIsSentAsync();

        run.Texts.Count(text => text.StartsWith("Vi que cambió", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_group_gets_one_sentence_whoever_speaks()
    {
        await using var run = await BotFrameworkRun.StartAsync();
        foreach (var who in new[] { "ana", "eva", "ana" })
        {
            var said = run.Citizen.Message("hola");
            said["conversation"]!["isGroup"] = true;
            said["from"] = new JsonObject { ["id"] = who };
            await run.PostAsync(said);
        }

        await run.Host.WhenAllIsSentAsync();

        run.Texts.ShouldBe(["Platico sólo en privado. Escríbame directamente, por favor."]);
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("endOfConversation")]
    [InlineData("invoke")]
    [InlineData("installationUpdate")]
    [InlineData("somethingNew")]
    public async Task What_is_no_message_is_passed_by(string type)
    {
        await using var run = await BotFrameworkRun.BegunAsync();

        await run.PostAsync(run.Citizen.Activity(type));
        await run.Host.WhenAllIsSentAsync();

        run.Connector.Calls.Count.ShouldBe(2);
        run.Host.Get<ConversationReader>().Unfinished().ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_turn_takes_its_time_the_bot_is_shown_as_typing()
    {
        var released = new TaskCompletionSource();
        await using var run = await BotFrameworkRun.StartAsync(configure: services => services.ReplaceHandler<OpeningHandler>(new WaitingHandler(released.Task)));
        await run.PostAsync(run.Citizen.Arrival());
        await run.Citizen.ReadAsync("¿Qué quiere hacer?");

        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.Connector.WhenAsync(() => run.Connector.Typing > 0, "typing");
        released.SetResult();

        await run.Citizen.ReadAsync("Paso 1 de 9");
    }

    [Fact]
    public async Task The_reminder_reaches_her_though_she_said_nothing_since_the_host_started()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await run.SayAsync("Acepto", "Paso 2 de 9");
        await run.SayAsync("El agua llega sólo dos horas al día a mi calle.", "Paso 3 de 9");
        await run.SayAsync("cancelar", "¿Quiere dejarlo?");
        await run.SayAsync("guardar", "Guardé su borrador");
        await run.SayAsync("sí", "¿Qué más quiere hacer?");
        await run.StopHostAsync();
        run.Clock.Advance(TimeSpan.FromDays(26));
        await run.StartHostAsync();

        await run.Host.Get<DraftReminder>().SendDueAsync(Cancel);

        var reminder = await run.Citizen.ReadAsync("Hola. Tiene un aporte sin enviar: «El agua llega");
        reminder.Activity.GetProperty("recipient").Text("id").ShouldBe($"citizen-{BotFrameworkRun.Conversation}");
    }

    [Fact]
    public async Task A_conversation_that_moves_to_another_server_goes_on_there()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await using var other = await FakeConnector.StartAsync();
        using var moved = new BotFrameworkCitizen(other, BotFrameworkRun.Conversation);

        using var answer = await moved.PostAsync(run.Host.Address, moved.Message("Acepto", "a-30"));
        await moved.ReadAsync("Paso 2 de 9");

        run.Texts.ShouldNotContain(text => text.StartsWith("Paso 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Conversations_whose_ids_differ_in_a_letters_case_are_two()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        using var other = new BotFrameworkCitizen(run.Connector, BotFrameworkRun.Conversation.ToUpperInvariant());

        using var answer = await other.PostAsync(run.Host.Address, other.Message("Acepto"));
        await other.ReadAsync("¿Qué quiere hacer?");

        await run.SayAsync("Acepto", "Paso 2 de 9");
    }

    [Fact]
    public async Task After_all_was_erased_the_last_word_arrives_and_the_address_is_forgotten()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        foreach (var said in new[] { "mis datos", "Borrar todo" })
        {
            await run.PostAsync(run.Citizen.Message(said));
            await run.Host.WhenAllIsSentAsync();
        }

        await run.PostAsync(run.Citizen.Message("Sí, borrar todo"));
        await run.Citizen.ReadAsync("Listo: borramos todo lo suyo");
        await run.Host.WhenAllIsSentAsync();

        // It is forgotten a moment after the last word is noted as sent.
        await using (var database = await run.Host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(Cancel))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            while (await database.Set<Conversation>().Select(conversation => conversation.Address).SingleAsync(limit.Token) is not null)
            {
                await Task.Yield();
            }
        }

        await run.SayAsync("hola", "¿Qué quiere hacer?");
    }

    private sealed class WaitingHandler(Task released) : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            await released.WaitAsync(cancellationToken);
            return new CallResult("open");
        }
    }
}
