using System.Text.RegularExpressions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>A citizen who waits for a question, then answers it.</summary>
internal sealed partial class TelegramCitizen(FakeBotApi api, long chat)
{
    /// <summary>The whole dialog, without place and contact: what is asked, and the answer.</summary>
    private static readonly (string Asked, string Answer, bool Typed)[] Steps =
    [
        ("¿Qué quiere hacer?", "Enviar un problema o propuesta", false),
        ("¿Está de acuerdo?", "Acepto", false),
        ("¿Cuál es el problema?", "", true),
        ("¿Con qué tema", "Gobierno digital y acceso a servicios públicos", false),
        ("¿A quiénes afecta?", "Toda la ciudad", false),
        ("¿Cómo cree que", "Publicar un calendario por colonia.", true),
        ("¿Quiere dejar sus datos", "Prefiero no dejar datos", false),
        ("Revise su aporte", "Enviar", false),
    ];

    internal long Chat => chat;

    /// <summary>Hers alone.</summary>
    internal string Problem { get; } = $"El agua llega sólo dos horas al día a la casa número {chat}.";

    /// <summary>All folios that she was shown.</summary>
    internal IReadOnlyList<string> Folios =>
        [.. api.Replies(chat).Select(reply => FolioForm().Match(reply.Text)).Where(match => match.Success).Select(match => match.Value).Distinct()];

    /// <summary>What the bot wrote, without what it added when a button was used.</summary>
    internal IReadOnlyList<(long Id, string Text)> Written => [.. api.Replies(chat).Select(reply => (reply.Id, reply.Text.Split("\n\n✓ ")[0]))];

    /// <summary>Plays the whole dialog, and ends when the bot has asked what more there is.</summary>
    internal async Task PlayAsync(Func<Func<bool>, string, Task>? when = null, string? payload = null)
    {
        when ??= api.WhenAsync;
        api.Start(chat, payload);
        foreach (var (asked, answer, typed) in Steps)
        {
            await when(() => Asked(asked), $"`{asked}` in chat {chat}");
            if (typed)
            {
                api.SendText(chat, answer.Length > 0 ? answer : Problem);
            }
            else
            {
                api.Press(chat, answer);
            }
        }

        await when(() => Asked("¿Qué más quiere hacer?"), $"the end in chat {chat}");
    }

    /// <summary>Waits until the bot's newest message begins so.</summary>
    internal async Task<FakeMessage> ReadAsync(string beginning)
    {
        await api.WhenAsync(() => Last()?.Text.StartsWith(beginning, StringComparison.Ordinal) == true, $"`{beginning}` in chat {chat}");
        return Last()!;
    }

    internal async Task<FakeMessage> SayAsync(string text, string beginning)
    {
        api.SendText(chat, text);
        return await ReadAsync(beginning);
    }

    internal async Task<FakeMessage> PressAsync(string label, string beginning)
    {
        api.Press(chat, label);
        return await ReadAsync(beginning);
    }

    /// <summary>Waits as long as a long run takes.</summary>
    internal async Task UntilAsync(Func<bool> condition, string what, CancellationToken end)
    {
        while (true)
        {
            end.ThrowIfCancellationRequested();
            try
            {
                await api.WhenAsync(condition, what);
                return;
            }
            catch (TimeoutException) when (!end.IsCancellationRequested && !api.BrokenRules.ContainsKey(FakeRules.ServerMistake))
            {
                // The run goes on.
            }
        }
    }

    private FakeMessage? Last() => api.Replies(chat) is { Count: > 0 } replies ? replies[^1] : null;

    private bool Asked(string question) => api.Replies(chat).Any(reply => reply.Text.Contains(question, StringComparison.Ordinal));

    [GeneratedRegex(@"\bPAGA(-[0-9A-Z]{4}){2}-[0-9A-Z]\b")]
    private static partial Regex FolioForm();
}
