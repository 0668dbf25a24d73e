using System.Text.Json.Nodes;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>What citizens do, and what they see. Chats below zero are groups.</summary>
internal sealed partial class FakeBotApi
{
    private const int LongestMessage = 4096;

    /// <summary>Pressed buttons that nobody has answered yet.</summary>
    internal int UnansweredCallbacks => Locked(() => callbacks.Unanswered);

    /// <summary>Updates that wait, and how many are confirmed.</summary>
    internal (int Waiting, int Confirmed) Updates => Locked(() => (updates.Waiting.Count, updates.Confirmed.Count));

    /// <summary>The number of the newest message of all chats.</summary>
    internal long LastMessage => Locked(() => methods.LastMessage);

    /// <summary>What both sides see of a chat now.</summary>
    internal IReadOnlyList<FakeMessage> Messages(long chat) => Locked(() => ChatOf(chat).Messages.ToList());

    /// <summary>What the bot wrote.</summary>
    internal IReadOnlyList<FakeMessage> Replies(long chat) => Locked(() => ChatOf(chat).Messages.Where(message => message.FromBot).ToList());

    /// <summary>All buttons that can be pressed.</summary>
    internal IReadOnlyList<string> Buttons(long chat) => Locked(() => ChatOf(chat).Messages.SelectMany(message => message.Labels).ToList());

    /// <summary>Waits for the reply with this number, from 1.</summary>
    internal async Task<FakeMessage> ReplyAsync(long chat, int number)
    {
        await WhenAsync(() => Replies(chat).Count >= number, $"reply {number} in chat {chat}");
        return Replies(chat)[number - 1];
    }

    /// <summary>The language that the citizen's app tells.</summary>
    internal void Speak(long chat, string language) => Locked(() => ChatOf(chat).Language = language);

    internal long Start(long chat, string? payload = null) => SendText(chat, payload is null ? "/start" : $"/start {payload}");

    /// <returns>The number of the message.</returns>
    internal long SendText(long chat, string text) => Send(chat, text, content => content["text"] = text);

    /// <summary>Sends a text as the apps do: what is too long for one message in several at once, cut wherever that is.</summary>
    internal IReadOnlyList<long> Paste(long chat, string text) =>
        Locked(() => text.Chunk(LongestMessage).Select(part => SendText(chat, new string(part))).ToList());

    /// <summary>The number of a message that the citizen has sent and Telegram has not brought yet.</summary>
    internal long Reserve(long chat) => Locked(() =>
    {
        ChatOf(chat).Started = true;
        return ++methods.LastMessage;
    });

    /// <summary>Brings such a message.</summary>
    internal void SendReserved(long chat, long number, string text) => Locked(() =>
        Add(chat, "message", ChatOf(chat).MessageJson(new FakeMessage(number, FromBot: false, text, []), clock.GetUtcNow())));

    /// <summary>The number of the citizen's newest message.</summary>
    internal long LastMessageOf(long chat) => Messages(chat).Last(message => !message.FromBot).Id;

    internal long SendPhoto(long chat, string? caption = null, string? album = null) => Send(chat, "", content =>
    {
        content["photo"] = new JsonArray(new JsonObject { ["file_id"] = "photo", ["file_unique_id"] = "p", ["width"] = 90, ["height"] = 90 });
        content["caption"] = caption;
        content["media_group_id"] = album;
    });

    /// <summary>Sends photos as one album; a caption belongs to the one at its place.</summary>
    internal void SendAlbum(long chat, params IReadOnlyList<string?> captions) => Locked(() =>
    {
        var album = $"album-{methods.LastMessage}";
        foreach (var caption in captions)
        {
            SendPhoto(chat, caption, album);
        }
    });

    /// <summary>Changes a message of the citizen's that holds no text, as a live location does by itself.</summary>
    internal void Move(long chat, long message) => Locked(() =>
    {
        var place = ChatOf(chat);
        var moved = place.MessageJson(place.Messages.Single(one => one.Id == message), clock.GetUtcNow());
        moved.Remove("text");
        moved["location"] = new JsonObject { ["latitude"] = 19.43, ["longitude"] = -99.13, ["live_period"] = 900 };
        Add(chat, "edited_message", moved);
    });

    internal long SendVoice(long chat) => SendFile(chat, "voice");

    internal long SendSticker(long chat) => SendFile(chat, "sticker");

    internal long SendDocument(long chat) => SendFile(chat, "document");

    internal long SendLocation(long chat) =>
        Send(chat, "", content => content["location"] = new JsonObject { ["latitude"] = 19.43, ["longitude"] = -99.13 });

    /// <summary>Changes a message of the citizen's own; without a number the last one.</summary>
    internal void Edit(long chat, string text, long? message = null) => Locked(() =>
    {
        var place = ChatOf(chat);
        var edited = place.Messages.Last(one => !one.FromBot && (message is null || one.Id == message)) with { Text = text };
        place.Replace(edited);
        Add(chat, "edited_message", place.MessageJson(edited, clock.GetUtcNow()));
    });

    /// <summary>Presses the newest button with this label.</summary>
    /// <returns>The number of the query that wants an answer.</returns>
    internal string Press(long chat, string label) => Locked(() =>
    {
        var place = ChatOf(chat);
        var (message, button) = place.Find(label)
            ?? throw new InvalidOperationException($"Chat {chat} has no button `{label}`, only: {string.Join(", ", Buttons(chat))}");
        return PressData(chat, message.Id, button.Data!);
    });

    /// <summary>Presses a button that may no longer be there, as a slow phone does.</summary>
    internal string PressData(long chat, long message, string data) => Locked(() =>
    {
        var place = ChatOf(chat);
        var query = callbacks.Press(chat);
        Add(chat, "callback_query", new JsonObject
        {
            ["id"] = query,
            ["from"] = place.UserJson(),
            ["message"] = place.BotMessage(message) is { } shown ? place.MessageJson(shown, clock.GetUtcNow()) : null,
            ["chat_instance"] = "1",
            ["data"] = data,
        });
        return query;
    });

    /// <summary>From now on the bot gets a 403, until the citizen writes again.</summary>
    internal void Block(long chat) => Locked(() =>
    {
        var place = ChatOf(chat);
        (place.Blocked, place.ToldBlocked) = (true, false);
        AddMembership(place, "member", "kicked");
    });

    /// <summary>Brings confirmed updates a second time, newest first, with the next batch or post.</summary>
    internal void RedeliverConfirmed(int count = 1) => Locked(() =>
    {
        var repeated = updates.Confirmed.AsEnumerable().Reverse().Take(count).ToList();
        if (webhook is null)
        {
            updates.DeliverAgain(repeated);
        }
        else
        {
            repeated.ForEach(update => updates.Confirmed.Remove(update));
            updates.Waiting.InsertRange(0, repeated);
        }

        Pump();
        Pulse();
    });

    /// <summary>Any update, for instance one that no documentation knows.</summary>
    internal void SendUpdate(long chat, string type, JsonObject content) => Locked(() => Add(chat, type, content));

    /// <summary>Sends a file of a kind such as <c>voice</c>.</summary>
    internal long SendFile(long chat, string kind, string? caption = null) => Send(chat, "", content =>
    {
        content[kind] = new JsonObject { ["file_id"] = kind, ["file_unique_id"] = "f", ["duration"] = 2, ["width"] = 90, ["height"] = 90 };
        content["caption"] = caption;
    });

    private long Send(long chat, string shown, Action<JsonObject> fill) => Locked(() =>
    {
        var place = ChatOf(chat);
        if (place.Blocked)
        {
            (place.Blocked, place.ToldBlocked) = (false, false);
            AddMembership(place, "kicked", "member");
        }

        place.Started = true;
        var message = new FakeMessage(++methods.LastMessage, FromBot: false, shown, []);
        place.Messages.Add(message);
        var content = place.MessageJson(message, clock.GetUtcNow());
        content.Remove("text");
        fill(content);
        if (shown.StartsWith('/'))
        {
            content["entities"] = new JsonArray(
                new JsonObject { ["type"] = "bot_command", ["offset"] = 0, ["length"] = shown.Split(' ')[0].Length });
        }

        Add(chat, "message", content);
        return message.Id;
    });

    private void AddMembership(FakeChat chat, string from, string to) => Add(chat.Id, "my_chat_member", new JsonObject
    {
        ["chat"] = chat.ChatJson(),
        ["from"] = chat.UserJson(),
        ["date"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        ["old_chat_member"] = new JsonObject { ["status"] = from, ["user"] = new JsonObject { ["id"] = 1 } },
        ["new_chat_member"] = new JsonObject { ["status"] = to, ["user"] = new JsonObject { ["id"] = 1 } },
    });

    private void Add(long chat, string type, JsonObject content)
    {
        updates.Add(chat, type, content);
        Pump();
        Pulse();
    }

    private FakeChat ChatOf(long id)
    {
        if (!methods.Chats.TryGetValue(id, out var chat))
        {
            methods.Chats[id] = chat = new FakeChat(id);
        }

        return chat;
    }
}
