using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Filing;

/// <summary>A city's own fields of a submission (<c>form.yaml</c>), kept as one JSON object of slots and values beside the columns of the program.</summary>
internal static class OwnFields
{
    /// <summary>The fields that the program has a column for.</summary>
    internal static readonly IReadOnlyList<string> Columns =
        ["axis", "scope", "borough", "place", "problem", "proposal", "contact_name", "contact_email", "contact_phone", "also_said"];

    private static readonly Dictionary<string, string> None = [];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Those that stand in the record with the submission.</summary>
    internal static IEnumerable<FormField> InRecord(DialogLibrary library) => library.OwnFields.Where(field => field.Keeps != FieldKeep.Contact);

    /// <summary>Those that reach the citizen, and go on her word.</summary>
    internal static IEnumerable<FormField> OfContact(DialogLibrary library) => library.OwnFields.Where(field => field.Keeps == FieldKeep.Contact);

    /// <summary>The values of fields as they are kept; null where none is filled.</summary>
    internal static string? Write(IEnumerable<FormField> fields, Func<FormField, string?> valueOf)
    {
        var values = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Slot, (JsonNode?)valueOf(field))).Where(pair => pair.Value is not null));
        return values.Count == 0 ? null : values.ToJsonString(Readable);
    }

    /// <summary>The values by slot, whatever the form asks now.</summary>
    internal static IReadOnlyDictionary<string, string> Read(string? kept) =>
        kept is null ? None : JsonNode.Parse(kept)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());

    /// <summary>The value of each field, wherever its kind is kept.</summary>
    internal static Func<FormField, string?> Reader(string? record, string? contact)
    {
        var (inRecord, ofContact) = (Read(record), Read(contact));
        return field => (field.Keeps == FieldKeep.Contact ? ofContact : inRecord).GetValueOrDefault(field.Slot);
    }

    /// <summary>What people read in place of a value.</summary>
    internal static string Say(DialogLibrary library, FormField field, string? value) => value is null ? "" : library.Say(field, value, LocalizedText.DefaultLanguage);
}
