using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Dialogs;

/// <summary>
/// All that the engine remembers of a conversation. It is stored as JSON.
/// It names dialogs and steps by their ids, never by position, so it stays valid when the dialogs are edited.
/// </summary>
public sealed record DialogState
{
    /// <summary>The version of this record's form. It is raised when stored states must be converted.</summary>
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The version of the dialogs that wrote this state (<see cref="DialogLibrary.Version"/>).</summary>
    public string DialogsVersion { get; init; } = "";

    /// <summary>The dialogs in hand, outermost first. The last one waits for the citizen or, in the middle of a turn, for a handler.</summary>
    public IReadOnlyList<Frame> Stack { get; init; } = [];

    /// <summary>The answers so far, by the slot's name.</summary>
    public IReadOnlyDictionary<string, Slot> Slots { get; init; } = new Dictionary<string, Slot>();

    /// <summary>How often in a row the waiting step has not understood.</summary>
    public int Misses { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, DialogStateJson.Readable.DialogState);

    public static DialogState FromJson(string? json) =>
        string.IsNullOrEmpty(json) ? new() : JsonSerializer.Deserialize(json, DialogStateJson.Readable.DialogState) ?? new();
}

/// <summary>A dialog in hand and its step.</summary>
/// <param name="Digression">It interrupted the dialog below, which is asked again afterwards. Else it was called, and the caller goes on.</param>
/// <param name="Guarded">In the middle of a turn: the dialog's guard is being asked. The step is entered if the guard lets it pass.</param>
/// <param name="Again">The step is asked although its slot is filled. The citizen may keep the answer.</param>
public sealed record Frame(string Dialog, string Step, bool Digression = false, bool Guarded = false, bool Again = false);

/// <summary>A value and the activity (message) that gave it. An empty value means that the citizen skipped the question.</summary>
public sealed record Slot(string Value, string? Activity)
{
    /// <summary>The parts of a text that came in several messages, joined by line breaks. Null: one message brought all.</summary>
    public IReadOnlyList<SlotPart>? Parts { get; init; }

    /// <summary>The text of each message, and last the whole text, as the bot may have repeated it.</summary>
    internal IEnumerable<Slot> Messages
    {
        get
        {
            var start = 0;
            foreach (var part in Parts ?? [])
            {
                yield return new Slot(Value.Substring(start, part.Length), part.Activity);
                start += part.Length + 1;
            }

            yield return this with { Parts = null };
        }
    }

    internal Slot With(Slot addition) => new($"{Value}\n{addition.Value}", addition.Activity)
    {
        Parts = [.. Parts ?? [new SlotPart(Activity, Value.Length)], new SlotPart(addition.Activity, addition.Value.Length)],
    };
}

/// <summary>The part of a slot that one activity brought. The length is in UTF-16 units.</summary>
public sealed record SlotPart(string? Activity, int Length);

[JsonSerializable(typeof(DialogState))]
internal sealed partial class DialogStateJson : JsonSerializerContext
{
    // Accents as they are: a state is read and written by each turn.
    internal static DialogStateJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
