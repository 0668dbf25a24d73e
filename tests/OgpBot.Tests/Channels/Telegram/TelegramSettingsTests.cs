using OgpBot.Channels.Telegram;
using OgpBot.Settings;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>A setting that can't work stops this channel with a sentence that names it, and nothing else.</summary>
public sealed class TelegramSettingsTests
{
    [Theory]
    [InlineData("Token", "no colon in it")]
    [InlineData("ApiBaseUrl", "api.telegram.org")]
    [InlineData("ApiBaseUrl", "ftp://api.telegram.org")]
    [InlineData("ApiBaseUrl", "")]
    [InlineData("Mode", "Pigeon")]
    [InlineData("MessagesPerSecond", "0")]
    [InlineData("MessagesPerSecond", "1001")]
    [InlineData("MessagesPerSecond", "-30")]
    [InlineData("MessagesPerSecond", "thirty")]
    [InlineData("MessagesPerSecond", "")]
    public void A_wrong_one_is_named_in_one_sentence(string setting, string value)
    {
        using var bot = new TelegramBot(With(setting, value), TimeProvider.System);

        bot.Client.ShouldBeNull();
        bot.Refusal.ShouldNotBeNull().ShouldContain($"OgpBot:Telegram:{setting}");
        bot.Refusal.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("PublicUrl", null, "secret")]
    [InlineData("PublicUrl", "bot.example", "secret")]
    [InlineData("WebhookSecret", "https://bot.example", null)]
    [InlineData("WebhookSecret", "https://bot.example", "with a blank")]
    public void A_webhook_needs_two_more(string missing, string? publicUrl, string? secret)
    {
        var options = With("Mode", "webhook");
        (options.Telegram.PublicUrl, options.Telegram.WebhookSecret) = (publicUrl, secret);

        using var bot = new TelegramBot(options, TimeProvider.System);

        bot.Client.ShouldBeNull();
        bot.Refusal.ShouldNotBeNull().ShouldContain($"OgpBot:Telegram:{missing}");
    }

    [Theory]
    [InlineData("ApiBaseUrl", "http://127.0.0.1:8081", 30)]
    [InlineData("MessagesPerSecond", "1", 1)]
    [InlineData("MessagesPerSecond", "1000", 1000)]
    public void A_right_one_is_taken(string setting, string value, int perSecond)
    {
        using var bot = new TelegramBot(With(setting, value), TimeProvider.System);

        (bot.Refusal, bot.Client is null, bot.PerSecond).ShouldBe((null, false, perSecond));
    }

    [Theory]
    [InlineData("MessagesPerSecond", "many")]
    [InlineData("ApiBaseUrl", "telegram")]
    [InlineData("Mode", "Pigeon")]
    public async Task The_web_goes_on(string setting, string value)
    {
        await using var run = await TelegramRun.StartAsync(new() { [$"OgpBot:Telegram:{setting}"] = value });

        await run.Log.WhenAsync($"OgpBot:Telegram:{setting}");
        run.Clock.AutoAdvance = false;

        using var citizen = await CitizenClient.StartAsync(run.Host.Address);
        (await citizen.SayAsync("1")).ShouldStartWith("Paso 1 de 9");
        run.Log.All.Count(line => line.StartsWith("Critical", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static OgpBotOptions With(string setting, string value)
    {
        var options = new OgpBotOptions { Telegram = { Token = "7:abc" } };
        typeof(TelegramOptions).GetProperty(setting)!.SetValue(options.Telegram, value);
        return options;
    }
}
