using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The methods of the Bot API, each with the checks of the real one. Called under the server's lock.</summary>
internal sealed partial class FakeMethods(FakeRules rules, FakeLimits limits, FakeCallbacks callbacks, TimeProvider clock)
{
    private const int LongestText = 4096;
    private const int LongestRawText = 32 * 1024;
    private static readonly HashSet<string> Actions = ["typing", "upload_document", "find_location", "record_voice", "upload_photo"];

    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["getMe"] = [],
        ["getUpdates"] = ["offset", "limit", "timeout", "allowed_updates"],
        ["setWebhook"] = ["url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"],
        ["deleteWebhook"] = ["drop_pending_updates"],
        ["sendMessage"] = ["chat_id", "text", "parse_mode", "link_preview_options", "reply_markup", "disable_notification"],
        ["editMessageText"] = ["chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"],
        ["editMessageReplyMarkup"] = ["chat_id", "message_id", "reply_markup"],
        ["answerCallbackQuery"] = ["callback_query_id", "text", "show_alert"],
        ["sendChatAction"] = ["chat_id", "action"],
        ["setMyCommands"] = ["commands", "scope", "language_code"],
        ["setMyDescription"] = ["description", "language_code"],
        ["setMyShortDescription"] = ["short_description", "language_code"],
    };

    internal Dictionary<long, FakeChat> Chats { get; } = [];

    /// <summary>By language; `` is that for all others.</summary>
    internal Dictionary<string, IReadOnlyList<string>> Commands { get; } = [];

    internal Dictionary<string, string> Descriptions { get; } = [];

    internal Dictionary<string, string> ShortDescriptions { get; } = [];

    /// <summary>Calls that had their effect while their answer was lost: to repeat them is right, even where it changes nothing.</summary>
    internal HashSet<string> LostAnswers { get; } = [];

    internal long LastMessage { get; set; }

    /// <returns>The method's name as the documentation writes it.</returns>
    internal string Check(string method, JsonObject body)
    {
        var name = Parameters.Keys.FirstOrDefault(known => known.Equals(method, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            rules.Break(FakeRules.MethodUnknown, method);
            throw new FakeRefusal(404, "Not Found: method not found");
        }

        foreach (var (parameter, _) in body.Where(pair => !Parameters[name].Contains(pair.Key)))
        {
            rules.Break(FakeRules.ParameterUnknown, $"{name}.{parameter}");
        }

        return name;
    }

    internal JsonNode Run(string method, JsonObject body, string call) => method switch
    {
        "getMe" => new JsonObject { ["id"] = 7000000001, ["is_bot"] = true, ["first_name"] = "OgpBot", ["username"] = "ogp_fake_bot" },
        "sendMessage" => SendMessage(body),
        "editMessageText" => EditText(body, call),
        "editMessageReplyMarkup" => EditMarkup(body, call),
        "answerCallbackQuery" => AnswerCallback(body),
        "sendChatAction" => SendAction(body),
        "setMyCommands" => SetCommands(body),
        "setMyDescription" => Describe(body, "description", 512, Descriptions),
        _ => Describe(body, "short_description", 120, ShortDescriptions),
    };

    private JsonObject SendMessage(JsonObject body)
    {
        var chat = Target(body);
        var (text, rows) = (TextIn(body), RowsIn(body));
        limits.CountMessage(chat.Id);
        var message = new FakeMessage(++LastMessage, FromBot: true, text, rows);
        chat.Messages.Add(message);
        return chat.MessageJson(message, clock.GetUtcNow());
    }

    private JsonObject EditText(JsonObject body, string call)
    {
        var chat = Target(body);
        return Edit(chat, EditedIn(chat, body) with { Text = TextIn(body), Rows = RowsIn(body) }, call);
    }

    private JsonObject EditMarkup(JsonObject body, string call)
    {
        var chat = Target(body);
        return Edit(chat, EditedIn(chat, body) with { Rows = RowsIn(body) }, call);
    }

    private JsonObject Edit(FakeChat chat, FakeMessage edited, string call)
    {
        var old = chat.BotMessage(edited.Id)!;
        if (old.Text == edited.Text && old.Rows.SelectMany(row => row).SequenceEqual(edited.Rows.SelectMany(row => row)))
        {
            if (!LostAnswers.Contains(call))
            {
                rules.Break(FakeRules.NotModified, $"message {edited.Id} of chat {chat.Id}");
            }

            throw FakeRefusal.NotModified();
        }

        chat.Replace(edited with { Edits = old.Edits + 1 });
        return chat.MessageJson(edited, clock.GetUtcNow());
    }

    private static FakeMessage EditedIn(FakeChat chat, JsonObject body) =>
        chat.BotMessage((long?)body["message_id"] ?? 0) ?? throw FakeRefusal.BadRequest("message to edit not found");

    private JsonNode AnswerCallback(JsonObject body)
    {
        callbacks.Answer((string?)body["callback_query_id"] ?? "", (string?)body["text"]);
        return true;
    }

    private JsonNode SendAction(JsonObject body)
    {
        Target(body);
        return Actions.Contains((string?)body["action"] ?? "") ? true : throw FakeRefusal.BadRequest("wrong parameter action in request");
    }

    private JsonNode SetCommands(JsonObject body)
    {
        var commands = body["commands"]?.AsArray() ?? [];
        foreach (var command in commands)
        {
            var (name, description) = ((string?)command?["command"] ?? "", (string?)command?["description"] ?? "");
            if (!CommandForm().IsMatch(name) || description.Length is < 1 or > 256)
            {
                rules.Break(FakeRules.CommandMalformed, name);
                throw FakeRefusal.BadRequest("BOT_COMMAND_INVALID");
            }
        }

        Commands[LanguageIn(body)] = [.. commands.Select(command => (string)command!["command"]!)];
        return true;
    }

    private JsonNode Describe(JsonObject body, string parameter, int longest, Dictionary<string, string> descriptions)
    {
        var text = (string?)body[parameter] ?? "";
        if (text.Length > longest)
        {
            rules.Break(FakeRules.DescriptionTooLong, $"{parameter}: {text.Length} units");
            throw FakeRefusal.BadRequest("bot description is too long");
        }

        descriptions[LanguageIn(body)] = text;
        return true;
    }

    private static string LanguageIn(JsonObject body) => (string?)body["language_code"] ?? "";

    private FakeChat Target(JsonObject body)
    {
        var id = (long?)body["chat_id"] ?? throw FakeRefusal.BadRequest("chat_id is empty");
        if (!Chats.TryGetValue(id, out var chat) || !chat.Started)
        {
            rules.Break(FakeRules.ChatNotFound, $"{id}");
            throw FakeRefusal.BadRequest("chat not found");
        }

        if (!chat.Blocked)
        {
            return chat;
        }

        if (chat.ToldBlocked)
        {
            rules.Break(FakeRules.RepeatSendAfter403, $"{id}");
        }

        chat.ToldBlocked = true;
        throw FakeRefusal.Blocked();
    }

    private string TextIn(JsonObject body)
    {
        var raw = (string?)body["text"] ?? "";
        if (string.IsNullOrWhiteSpace(raw))
        {
            rules.Break(FakeRules.TextEmpty, "nothing");
            throw FakeRefusal.BadRequest("message text is empty");
        }

        var text = ShownText(raw, (string?)body["parse_mode"]).Trim();
        if (text.Length == 0)
        {
            rules.Break(FakeRules.TextEmpty, "nothing but tags and blanks");
            throw FakeRefusal.BadRequest("text must be non-empty");
        }

        if (text.Length > LongestText || Encoding.UTF8.GetByteCount(raw) > LongestRawText)
        {
            rules.Break(FakeRules.TextTooLong, $"{text.Length} units");
            throw FakeRefusal.BadRequest("message is too long");
        }

        return text;
    }

    private string ShownText(string raw, string? parseMode)
    {
        // The real server, too, reads it in small letters.
        if (parseMode is not null && !parseMode.Equals("HTML", StringComparison.OrdinalIgnoreCase))
        {
            throw FakeRefusal.BadRequest("unsupported parse_mode");
        }

        try
        {
            return parseMode is null ? raw : FakeHtml.Read(raw);
        }
        catch (FakeRefusal refusal)
        {
            rules.Break(FakeRules.TextMalformed, refusal.Message);
            throw;
        }
    }

    private List<IReadOnlyList<FakeButton>> RowsIn(JsonObject body)
    {
        if (body["reply_markup"] is not { } markup)
        {
            return [];
        }

        var keyboard = markup["inline_keyboard"] as JsonArray ?? throw FakeRefusal.BadRequest("object expected as reply markup");
        var rows = keyboard.Select(row => row!.AsArray().Select(button => ButtonIn(button!.AsObject())).ToList());
        return [.. rows.Where(row => row.Count > 0)];
    }

    private FakeButton ButtonIn(JsonObject json)
    {
        var button = new FakeButton((string?)json["text"] ?? "", (string?)json["callback_data"], (string?)json["url"]);
        if (string.IsNullOrWhiteSpace(button.Label))
        {
            rules.Break(FakeRules.ButtonTextEmpty, json.ToJsonString());
            throw FakeRefusal.BadRequest("text buttons are unallowed in the inline keyboard");
        }

        if ((button.Data is null) == (button.Url is null))
        {
            rules.Break(FakeRules.ButtonAction, button.Label);
            throw FakeRefusal.BadRequest("text buttons are unallowed in the inline keyboard");
        }

        if (button.Data is { } data && Encoding.UTF8.GetByteCount(data) is < 1 or > 64)
        {
            rules.Break(FakeRules.CallbackDataSize, data);
            throw FakeRefusal.BadRequest("BUTTON_DATA_INVALID");
        }

        return button;
    }

    [GeneratedRegex(@"\A[a-z0-9_]{1,32}\z")]
    private static partial Regex CommandForm();
}
