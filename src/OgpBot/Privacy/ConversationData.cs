using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Privacy;

/// <summary>
/// What is held of a citizen's conversations: what was said, answers in hand, and what she agreed to. On her word all of it goes; only the numbers and the clients'
/// ids of messages stay, so that a message that a channel brings once more is still known.
/// </summary>
internal sealed class ConversationData(IDbContextFactory<OgpBotDb> databases, Lazy<DialogLibrary> library, TimeProvider clock) : IPersonalData
{
    internal static readonly string[] TextKeys =
    [
        "host.mydata.conversation", "host.mydata.consent", "host.mydata.no_consent", "host.mydata.accepted", "host.mydata.refused",
        "host.mydata.web", "host.mydata.telegram", "host.mydata.botframework",
    ];

    // Slots that citizens fill; the others hold what was made of these.
    private readonly Lazy<HashSet<string>> answered = new(() => [.. library.Value.Dialogs.Values.SelectMany(dialog => dialog.Steps).Select(step => step.Slot).OfType<string>()]);

    public async Task<PersonalData> TellAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var conversation = await database.Set<Conversation>().AsNoTracking().SingleAsync(conversation => conversation.Id == context.ConversationId, cancellationToken);
        var consents = await database.Set<Consent>().AsNoTracking().Where(consent => consent.CitizenId == context.CitizenId)
            .OrderBy(consent => consent.At).ToListAsync(cancellationToken);
        var messages = await database.Set<ActivityRow>().CountAsync(
            activity => activity.ConversationId == conversation.Id && activity.Text != null, cancellationToken);
        var reminded = await database.Set<Reminder>().AsNoTracking().Where(reminder => reminder.ConversationId == conversation.Id)
            .OrderBy(reminder => reminder.AskedAt).Select(reminder => (DateTimeOffset?)reminder.AskedAt).FirstOrDefaultAsync(cancellationToken);
        var until = consents is [.., { Accepted: false } refused]
            ? refused.At + RetentionSweep.AfterRefusal
            : clock.GetUtcNow().AddDays(library.Value.Consultation.Privacy.RetentionDays);
        var held = new Held(conversation, consents, messages, until, reminded);
        return new PersonalData(InWords(held, call), "conversation", Copy(held, call));
    }

    public async Task EraseAsync(DbContext database, CallContext context)
    {
        var now = clock.GetUtcNow();
        var conversations = database.Set<Conversation>().Where(conversation => conversation.CitizenId == context.CitizenId);
        var said = database.Set<ActivityRow>().Where(activity => conversations.Any(conversation => conversation.Id == activity.ConversationId));
        await said.ExecuteUpdateAsync(set => set.SetProperty(activity => activity.Text, (string?)null).SetProperty(activity => activity.Extra, (string?)null));
        await said.Where(activity => activity.Delivery == Delivery.Pending).ExecuteUpdateAsync(set => set.SetProperty(activity => activity.Delivery, Delivery.GivenUp));
        await database.Set<Consent>().Where(consent => consent.CitizenId == context.CitizenId).ExecuteDeleteAsync();
        await database.Set<Reminder>().Where(reminder => conversations.Any(conversation => conversation.Id == reminder.ConversationId)).ExecuteDeleteAsync();

        // The last word still has to reach her: where there is an address it goes once that is sent.
        await conversations.ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.State, (string?)null)
            .SetProperty(conversation => conversation.Version, conversation => conversation.Version + 1)
            .SetProperty(conversation => conversation.ErasedAt, now));
    }

    private string InWords(Held held, Call call)
    {
        var texts = library.Value.Texts[call.Language];
        var told = texts["host.mydata.conversation"]!.Render(name => name switch
        {
            "channel" => texts.Plain($"host.mydata.{held.Conversation.Channel}"),
            "since" => Day(held.Conversation.CreatedAt, texts),
            "messages" => held.Messages.ToString(CultureInfo.InvariantCulture),
            "until" => Day(held.Until, texts),
            "reminder" => held.Reminded is { } at ? Day(at, texts) : null,
            "draft" => call.Slots.GetValueOrDefault("problem"),
            _ => null,
        });
        var agreed = held.Consents.Select(consent => texts["host.mydata.consent"]!.Render(name => name switch
        {
            "version" => consent.NoticeVersion,
            "answer" => texts.Plain(consent.Accepted ? "host.mydata.accepted" : "host.mydata.refused"),
            _ => Day(consent.At, texts),
        }));
        return string.Join('\n', agreed.DefaultIfEmpty(texts.Plain("host.mydata.no_consent")).Prepend(told));
    }

    private JsonObject Copy(Held held, Call call) => new()
    {
        ["channel"] = held.Conversation.Channel,
        ["address"] = held.Conversation.Address,
        ["since"] = Moment(held.Conversation.CreatedAt),
        ["messages"] = held.Messages,
        ["kept_until"] = Moment(held.Until),
        ["reminder_asked_at"] = held.Reminded is { } at ? Moment(at) : null,
        ["answers_in_hand"] = new JsonObject(call.Slots.Where(slot => slot.Value.Length > 0 && answered.Value.Contains(slot.Key))
            .Select(slot => KeyValuePair.Create(slot.Key, (JsonNode?)JsonValue.Create(slot.Value)))),
        ["consents"] = new JsonArray([.. held.Consents.Select(consent => new JsonObject
        {
            ["notice_version"] = consent.NoticeVersion,
            ["accepted"] = consent.Accepted,
            ["at"] = Moment(consent.At),
        })]),
    };

    private string Day(DateTimeOffset moment, Texts texts) => LocalDates.InWords(LocalDates.DayOf(moment, library.Value.Consultation), texts);

    private string Moment(DateTimeOffset moment) => LocalDates.Stamp(moment, library.Value.Consultation);

    private sealed record Held(Conversation Conversation, IReadOnlyList<Consent> Consents, int Messages, DateTimeOffset Until, DateTimeOffset? Reminded);
}
