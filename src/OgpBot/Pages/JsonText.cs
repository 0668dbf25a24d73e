using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace OgpBot.Pages;

/// <summary>JSON that may stand in a script element: letters of all languages as they are, <c>&lt; &gt; &amp;</c> escaped.</summary>
internal static class JsonText
{
    private static readonly PageJson Json = new(new JsonSerializerOptions(PageJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    internal static string Write(PageData data) => JsonSerializer.Serialize(data, Json.PageData);

    internal static string List(IEnumerable<string> texts) => JsonSerializer.Serialize([.. texts], Json.StringArray);

    /// <summary>A text to be put between the quotes of a template.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Inside(string? text) => text is null ? null : JsonSerializer.Serialize(text, Json.String)[1..^1];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageData))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class PageJson : JsonSerializerContext;
