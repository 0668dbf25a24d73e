using System.Globalization;
using Telegram.Bot.Types.ReplyMarkups;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Choices as inline buttons. A button sends back the number of its message and its place in it. Its label would not fit: Telegram takes 64 bytes.
/// </summary>
internal static class TelegramButtons
{
    private const string Version = "1";

    // Wider labels are cut off on a small phone when two stand in a row.
    private const int LongestInPair = 20;

    internal static InlineKeyboardMarkup? Of(int seq, IReadOnlyList<string>? labels)
    {
        if (labels is null or { Count: 0 })
        {
            return null;
        }

        var buttons = labels.Select((label, at) => new InlineKeyboardButton(label) { CallbackData = Write(seq, at) });
        var inRow = labels.Count > 3 && labels.All(label => label.Length <= LongestInPair) ? 2 : 1;
        return new InlineKeyboardMarkup([.. buttons.Chunk(inRow)]);
    }

    internal static (int Seq, int At)? Read(string? data) => data?.Split(':') is [Version, var seq, var at]
        && int.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        ? (number, place)
        : null;

    private static string Write(int seq, int at) => string.Create(CultureInfo.InvariantCulture, $"{Version}:{seq}:{at}");
}
