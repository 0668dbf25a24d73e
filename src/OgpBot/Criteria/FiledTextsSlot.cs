using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Criteria;

/// <summary>
/// The slot in which a conversation remembers the beginnings of what was filed in it, so that a like text can be asked about without a look into the
/// database. It goes with the conversation's texts.
/// </summary>
public static class FiledTextsSlot
{
    /// <summary>The slot's name.</summary>
    public const string Slot = "filed";

    private const int Most = 5;
    private const int LongestBeginning = 300;

    public static IReadOnlyList<FiledText> Read(string? slot) => string.IsNullOrEmpty(slot) ? [] : JsonSerializer.Deserialize(slot, FiledTextsSlotJson.Readable.FiledTextArray) ?? [];

    /// <summary>The slot's value with one more; the oldest goes.</summary>
    public static string Add(string? slot, FiledText filed) => JsonSerializer.Serialize(
        [.. Read(slot).TakeLast(Most - 1), filed with { Text = Beginning(filed.Text) }], FiledTextsSlotJson.Readable.FiledTextArray);

    internal static string Beginning(string text)
    {
        if (text.Length <= LongestBeginning)
        {
            return text;
        }

        return char.IsHighSurrogate(text[LongestBeginning - 1]) ? text[..(LongestBeginning - 1)] : text[..LongestBeginning];
    }
}

/// <summary>The beginning of a text that was filed, and the folio it got.</summary>
public sealed record FiledText(string Folio, string Text);

[JsonSerializable(typeof(FiledText[]))]
internal sealed partial class FiledTextsSlotJson : JsonSerializerContext
{
    // Accents as they are: a slot is short.
    internal static FiledTextsSlotJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}
