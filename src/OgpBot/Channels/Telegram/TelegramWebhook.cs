using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Settings;

namespace OgpBot.Channels.Telegram;

/// <summary>Takes updates that Telegram brings. They are stored, then answered 200 at once. Where they can't be stored Telegram brings them again.</summary>
internal static class TelegramWebhook
{
    internal const string Path = "/telegram/webhook";
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    internal static void MapTelegram(this IEndpointRouteBuilder app) => app.MapPost(Path, async (
        HttpContext http, OgpBotOptions options, TelegramBot bot, TelegramIntake intake) =>
    {
        if (!bot.UsesWebhook || bot.Client is null)
        {
            return Results.NotFound();
        }

        if (!IsSecret(http.Request.Headers[SecretHeader].ToString(), options.Telegram.WebhookSecret!))
        {
            return Results.StatusCode(403);
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            if (TelegramUpdate.Read(json.RootElement) is { } update)
            {
                await intake.AcceptBroughtAsync(update, http.RequestAborted);
            }
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }

        return Results.Ok();
    }).AllowAnonymous();

    private static bool IsSecret(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
