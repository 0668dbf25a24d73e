using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Criteria;

/// <summary>
/// What the checks found in the texts of a draft, and how the citizen answered. It is JSON in a slot and is filed with the submission for its reviewers.
/// It holds places in a text, never words. A text that is written anew loses its marks.
/// </summary>
/// <param name="Version">The <see cref="CriteriaChecks.Version"/> that found it.</param>
/// <param name="Texts">By slot.</param>
public sealed record CheckRecord(string Version, IReadOnlyDictionary<string, CheckedSlot> Texts)
{
    /// <summary>The slot that holds it.</summary>
    public const string Slot = "checks";

    internal static CheckRecord Read(string? slot, string version) => string.IsNullOrEmpty(slot)
        ? new(version, new Dictionary<string, CheckedSlot>())
        : JsonSerializer.Deserialize(slot, CheckRecordJson.Readable.CheckRecord) ?? new(version, new Dictionary<string, CheckedSlot>());

    internal CheckRecord With(string slot, CheckedSlot? text, string version)
    {
        var texts = new Dictionary<string, CheckedSlot>(Texts);
        if (text is null)
        {
            texts.Remove(slot);
        }
        else
        {
            texts[slot] = text;
        }

        return new CheckRecord(version, texts);
    }

    internal string Write() => JsonSerializer.Serialize(this, CheckRecordJson.Readable.CheckRecord);
}

/// <summary>The marks of one text.</summary>
/// <param name="Text">A hash of the text that they belong to.</param>
/// <param name="WasSent">A language model has read the text; it is not sent again.</param>
public sealed record CheckedSlot(string Text, IReadOnlyList<CheckMark> Marks, bool WasSent = false);

/// <summary>A criterion that is doubted or not met.</summary>
/// <param name="Places">Start and end of each of the words, in UTF-16 units.</param>
/// <param name="Kept">The citizen sends the text as it is, for a person to look at.</param>
/// <param name="Reason">Why, in her words, where she gave any.</param>
/// <param name="ByModel">A language model alone raised it.</param>
public sealed record CheckMark(
    string Criterion, CriterionOutcome Outcome, IReadOnlyList<int[]> Places, bool Kept = false, string? Reason = null, bool ByModel = false)
{
    // A slot is short; a reviewer needs no more.
    private const int MostPlaces = 10;

    internal static CheckMark Of(CriterionResult result, bool byModel) =>
        new(result.Id, result.Outcome, [.. result.Spans.Take(MostPlaces).Select(span => new[] { span.Start, span.End })], ByModel: byModel);
}

[JsonSerializable(typeof(CheckRecord))]
internal sealed partial class CheckRecordJson : JsonSerializerContext
{
    // Accents as they are: a slot is short.
    internal static CheckRecordJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<CriterionOutcome>(JsonNamingPolicy.SnakeCaseLower) },
    });
}
