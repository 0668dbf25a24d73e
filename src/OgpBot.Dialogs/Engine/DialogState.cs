using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Dialogs;

/// <summary>
/// All that the engine remembers of a conversation, stored as JSON. Dialogs and steps are named by their ids, never by position, so a
/// state outlives an edit of the dialogs.
/// </summary>
public sealed record DialogState
{
    /// <summary>The form of this record; raised when an older one must be carried over.</summary>
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Which dialogs wrote this state, so that a change of them can be seen.</summary>
    public string DialogsVersion { get; init; } = "";

    /// <summary>The dialogs in hand, outermost first; the last one waits for the citizen (or for a room's handler, in the middle of a turn).</summary>
    public IReadOnlyList<Frame> Stack { get; init; } = [];

    /// <summary>What is known so far, by slot.</summary>
    public IReadOnlyDictionary<string, Slot> Slots { get; init; } = new Dictionary<string, Slot>();

    /// <summary>How often in a row the waiting step has not understood.</summary>
    public int Misses { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, DialogStateJson.Readable.DialogState);

    public static DialogState FromJson(string? json) =>
        string.IsNullOrEmpty(json) ? new() : JsonSerializer.Deserialize(json, DialogStateJson.Readable.DialogState) ?? new();
}

/// <summary>A dialog in hand and its step.</summary>
/// <param name="Digression">It interrupted the dialog below, which is asked again when it ends; otherwise it was called, and the caller goes on.</param>
/// <param name="Guarded">In the middle of a turn: the dialog's guard has been asked, and the step is entered if it lets it pass.</param>
/// <param name="Again">The step is asked although its slot is filled; the citizen may leave it as it is.</param>
public sealed record Frame(string Dialog, string Step, bool Digression = false, bool Guarded = false, bool Again = false);

/// <summary>A value and the activity that gave it; an empty value was left out on purpose.</summary>
public sealed record Slot(string Value, string? Activity)
{
    /// <summary>The activities of a text that came in several messages, and how many UTF-16 units of it each brought; null where one brought all.</summary>
    public IReadOnlyList<SlotPart>? Parts { get; init; }

    /// <summary>The text of each message that it came in, and last the whole, as the bot may have said it.</summary>
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

/// <summary>How much of a slot one activity brought.</summary>
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
