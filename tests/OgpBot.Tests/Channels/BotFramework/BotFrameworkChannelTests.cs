using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>A citizen on Bot Framework.</summary>
public sealed class BotFrameworkChannelTests
{
    private const string Ana = "conversation|1";

    [Fact]
    public async Task The_whole_dialog_is_filed_and_each_message_comes_once()
    {
        await using var run = await BotFrameworkRun.StartAsync();
        await run.BeginAsync(Ana);

        var first = await run.SayAsync(Ana, "Enviar un problema o propuesta", "Paso 1 de 9");
        await run.SayAsync(Ana, "Acepto", "Paso 2 de 9");
        await run.SayAsync(Ana, "El agua llega sólo dos horas al día a mi calle.", "Paso 3 de 9");
        await run.SayAsync(Ana, "Gobierno digital y acceso a servicios públicos", "Paso 4 de 9");
        await run.SayAsync(Ana, "Toda la ciudad", "Paso 7 de 9");
        await run.SayAsync(Ana, "Publicar un calendario por colonia.", "Paso 8 de 9");
        await run.SayAsync(Ana, "Prefiero no dejar datos", "Paso 9 de 9");
        await run.SayAsync(Ana, "Enviar", "¿Qué más quiere hacer?");

        first.Choices.ShouldContain("Acepto");
        first.Activity.GetProperty("from").Text("id").ShouldBe("bot-1");
        first.Activity.GetProperty("recipient").Text("id").ShouldBe($"citizen-{Ana}");
        first.Activity.Text("replyToId").ShouldBe("a-2");
        first.Activity.Text("textFormat").ShouldBe("plain");
        var stored = (await run.StoredAsync()).ShouldHaveSingleItem();
        stored["channel"].ShouldBe("botframework");
        run.Connector.Messages(Ana).Select(message => message.Text).ShouldBeUnique();
        run.Connector.Messages(Ana).ShouldContain(message => message.Text.Contains(stored["folio"], StringComparison.Ordinal));
    }
}
