using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>
/// The slot with the beginnings of what was filed in a conversation: the last five, 300 characters each. With them a similar text is found without the
/// database. The slot is erased with the conversation's texts.
/// </summary>
public static class FiledTextsSlot
{
    /// <summary>The slot's name.</summary>
    public const string Slot = "filed";

    private const int Most = 5;
    private const int LongestBeginning = 300;

    public static IReadOnlyList<FiledText> Read(string? slot) =>
        string.IsNullOrEmpty(slot) ? [] : JsonSerializer.Deserialize(slot, FiledTextsSlotJson.Readable.FiledTextArray) ?? [];

    /// <summary>The slot's value with one more; the oldest goes.</summary>
    public static string Add(string? slot, FiledText filed) => JsonSerializer.Serialize(
        [.. Read(slot).TakeLast(Most - 1), filed with { Text = Beginning(filed.Text) }], FiledTextsSlotJson.Readable.FiledTextArray);

    internal static string Beginning(string text) => Excerpt.Of(text, LongestBeginning, atWord: false);
}

/// <summary>The beginning of a text that was filed, and the folio it got.</summary>
public sealed record FiledText(string Folio, string Text);

[JsonSerializable(typeof(FiledText[]))]
internal sealed partial class FiledTextsSlotJson : JsonSerializerContext
{
    // Accents as they are: a slot is short.
    internal static FiledTextsSlotJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
