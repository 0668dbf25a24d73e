using System.Text.Json.Nodes;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>A message as the citizen sees it now.</summary>
internal sealed record FakeMessage(long Id, bool FromBot, string Text, IReadOnlyList<IReadOnlyList<FakeButton>> Rows)
{
    /// <summary>How often it was edited.</summary>
    internal int Edits { get; init; }

    /// <summary>The labels of its buttons.</summary>
    internal IReadOnlyList<string> Labels => [.. Rows.SelectMany(row => row).Select(button => button.Label)];
}

internal sealed record FakeButton(string Label, string? Data, string? Url);

/// <summary>A chat with one citizen, or a group. The names are there to be found where they must not be.</summary>
internal sealed class FakeChat(long id)
{
    internal const string FirstName = "Xochiquetzal";
    internal const string LastName = "Tlapalizquixochtzin";
    internal const string UserName = "xochi_on_telegram";

    internal long Id { get; } = id;

    internal string Language { get; set; } = "es";

    internal bool Started { get; set; }

    internal bool Blocked { get; set; }

    /// <summary>The bot got a 403 since it was blocked.</summary>
    internal bool ToldBlocked { get; set; }

    internal List<FakeMessage> Messages { get; } = [];

    internal JsonObject ChatJson() => Id < 0
        ? new JsonObject { ["id"] = Id, ["type"] = "supergroup", ["title"] = "Vecinos" }
        : new JsonObject { ["id"] = Id, ["type"] = "private", ["first_name"] = FirstName, ["last_name"] = LastName, ["username"] = UserName };

    internal JsonObject UserJson() => new()
    {
        ["id"] = Math.Abs(Id),
        ["is_bot"] = false,
        ["first_name"] = FirstName,
        ["last_name"] = LastName,
        ["username"] = UserName,
        ["language_code"] = Language,
    };

    internal FakeMessage? BotMessage(long message) => Messages.Find(one => one.Id == message && one.FromBot);

    internal void Replace(FakeMessage message) => Messages[Messages.FindIndex(one => one.Id == message.Id)] = message;

    /// <summary>The newest message of the bot that has such a button.</summary>
    internal (FakeMessage Message, FakeButton Button)? Find(string label)
    {
        foreach (var message in Messages.AsEnumerable().Reverse())
        {
            if (message.Rows.SelectMany(row => row).FirstOrDefault(button => button.Label == label) is { } button)
            {
                return (message, button);
            }
        }

        return null;
    }

    internal JsonObject MessageJson(FakeMessage message, DateTimeOffset at)
    {
        var json = new JsonObject
        {
            ["message_id"] = message.Id,
            ["from"] = message.FromBot ? new JsonObject { ["id"] = 1, ["is_bot"] = true, ["first_name"] = "OgpBot" } : UserJson(),
            ["chat"] = ChatJson(),
            ["date"] = at.ToUnixTimeSeconds(),
            ["text"] = message.Text,
        };
        if (message.Rows.Count > 0)
        {
            json["reply_markup"] = new JsonObject { ["inline_keyboard"] = new JsonArray([.. message.Rows.Select(RowJson)]) };
        }

        return json;
    }

    private static JsonNode RowJson(IReadOnlyList<FakeButton> row) => new JsonArray([.. row.Select(button => button.Url is null
        ? new JsonObject { ["text"] = button.Label, ["callback_data"] = button.Data }
        : new JsonObject { ["text"] = button.Label, ["url"] = button.Url })]);
}
