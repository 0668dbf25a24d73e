using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>What goes wrong between the host and the connector.</summary>
public sealed class BotFrameworkTroubleTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(412)]
    [InlineData(0)]
    public async Task What_fails_for_the_moment_is_sent_again_and_the_order_is_kept(int status)
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        run.Connector.Fail(new FakeConnector.Fault(status));

        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.PostAsync(run.Citizen.Message("Acepto"));
        await run.Citizen.ReadAsync("Paso 2 de 9");

        run.Texts.Skip(2).Select(text => text[.."Paso 0".Length]).ShouldBe(["Paso 1", "Paso 2"]);
        run.Connector.Calls.Count.ShouldBe(5);
    }

    [Fact]
    public async Task The_connectors_word_on_how_long_to_wait_is_obeyed()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        run.Clock.Hurried = TimeSpan.FromSeconds(37);
        var waited = run.Clock.WhenWaitedFor(TimeSpan.FromSeconds(37));
        run.Connector.Fail(new FakeConnector.Fault(429, RetryAfter: 37));

        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");

        await waited.Soon();
        run.Connector.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_slow_conversation_holds_no_other()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        using var other = new BotFrameworkCitizen(run.Connector, "other");
        run.Connector.Fail(new FakeConnector.Fault(429, RetryAfter: 3_600));
        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.Connector.WhenAsync(() => run.Connector.Calls.Count == 3, "the refused call");

        using var answer = await other.PostAsync(run.Host.Address, other.Arrival());

        await other.ReadAsync("¿Qué quiere hacer?");
        run.Texts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_conversation_that_is_gone_gets_nothing_more_until_she_writes_again(int status)
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        run.Connector.Fail(new FakeConnector.Fault(status));
        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.Host.WhenAllIsSentAsync();
        run.Connector.Calls.Count.ShouldBe(3);
        run.Texts.Count.ShouldBe(2);

        await run.SayAsync("Acepto", "Paso 2 de 9");

        run.Texts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_refused_for_ever_is_told_without_its_text_and_the_next_message_goes()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        run.Connector.Fail(new FakeConnector.Fault(400));

        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.Log.WhenAsync("refused for ever: the connector answered 400");

        await run.SayAsync("Acepto", "Paso 2 de 9");
        run.Log.All.ShouldNotContain(line => line.Contains("Paso 1 de 9", StringComparison.Ordinal) && !line.Contains("EntityFramework", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        await using var elsewhere = await FakeConnector.StartAsync();
        run.Connector.Fail(new FakeConnector.Fault(307, Location: $"{elsewhere.Address}v3/conversations/x/activities"));

        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.Log.WhenAsync("refused for ever");

        elsewhere.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_can_not_be_read_is_a_message_that_was_taken()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        run.Connector.Fail(new FakeConnector.Fault(200, Takes: true, Body: "<html>"));

        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await run.Host.WhenAllIsSentAsync();

        run.Connector.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_a_stop_left_unsent_is_sent_after_the_next_start()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        run.Connector.Fail(new FakeConnector.Fault(429, RetryAfter: 3_600));
        await run.PostAsync(run.Citizen.Message("Enviar un problema o propuesta"));
        await run.Connector.WhenAsync(() => run.Connector.Calls.Count == 3, "the refused call");
        run.Clock.Hurried = TimeSpan.FromSeconds(5);

        await run.StopHostAsync();
        await run.StartHostAsync();

        await run.Citizen.ReadAsync("Paso 1 de 9");
        run.Texts.Count.ShouldBe(3);
    }
}
