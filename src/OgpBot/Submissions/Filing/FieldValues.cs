using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OgpBot.Dialogs;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Own;

namespace OgpBot.Submissions.Filing;

/// <summary>
/// The values of a form's fields (<c>form.yaml</c>) in stored rows. A field of the program has a column of its own. A city's own fields lie beside them, in one JSON
/// object of slots and values.
/// </summary>
internal static class FieldValues
{
    private static readonly Dictionary<string, RecordColumn> Record = new()
    {
        ["axis"] = new(nameof(Submission.Axis), row => row.Axis, row => row.Axis),
        ["scope"] = new(nameof(Submission.Scope), row => row.Scope, row => row.Scope),
        ["borough"] = new(nameof(Submission.Borough), row => row.Borough, row => row.Borough),
        ["place"] = new(nameof(Submission.Place), row => row.Place, row => row.Place),
        ["problem"] = new(nameof(Submission.Problem), row => row.Problem, row => row.Problem),
        ["proposal"] = new(nameof(Submission.Proposal), row => row.Proposal, row => row.Proposal),
        ["also_said"] = new(nameof(Submission.AlsoSaid), row => row.AlsoSaid, _ => null),
    };

    private static readonly Dictionary<string, Func<Contact, string?>> OfContact = new()
    {
        ["contact_name"] = contact => contact.Name,
        ["contact_email"] = contact => contact.Email,
        ["contact_phone"] = contact => contact.Phone,
    };

    private static readonly Dictionary<string, string> None = [];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The slots that the program has a column for.</summary>
    internal static IReadOnlyList<string> WithColumn { get; } = [.. Record.Keys, .. OfContact.Keys];

    /// <summary>The property of <see cref="Submission"/> that keeps a field; null for a city's own field and for contact data.</summary>
    internal static string? PropertyOf(FormField field) => Record.GetValueOrDefault(field.Slot)?.Property;

    /// <summary>The value of each field of a submission.</summary>
    internal static Func<FormField, string?> Of(Submission submission, Contact? contact)
    {
        var (inRecord, ofContact) = (ReadOwn(submission.OwnFields), ReadOwn(contact?.OwnFields));
        return field => Record.TryGetValue(field.Slot, out var column) ? column.Now(submission)
            : OfContact.TryGetValue(field.Slot, out var read) ? contact is null ? null : read(contact)
            : (field.Keeps == FieldKeep.Contact ? ofContact : inRecord).GetValueOrDefault(field.Slot);
    }

    /// <summary>The same of an earlier version. Contact data have none.</summary>
    internal static Func<FormField, string?> Of(SubmissionVersion version)
    {
        var own = ReadOwn(version.OwnFields);
        return field => Record.TryGetValue(field.Slot, out var column) ? column.Before(version) : own.GetValueOrDefault(field.Slot);
    }

    /// <summary>A city's own fields as they are stored; null where none is filled.</summary>
    internal static string? WriteOwn(DialogLibrary library, FieldStore store, Func<FormField, string?> valueOf)
    {
        var fields = library.OwnFields.Where(field => (field.Keeps == FieldKeep.Contact) == (store == FieldStore.Contact));
        var values = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Slot, (JsonNode?)valueOf(field))).Where(pair => pair.Value is not null));
        return values.Count == 0 ? null : values.ToJsonString(Readable);
    }

    /// <summary>Stored own fields by slot, whatever the form asks now.</summary>
    internal static IReadOnlyDictionary<string, string> ReadOwn(string? stored) =>
        stored is null ? None : JsonNode.Parse(stored)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());

    /// <summary>What stored own fields contain where one has a value: <c>"slot":"value"</c>, by which rows are searched.</summary>
    internal static string OwnPair(string slot, string value) => new JsonObject { [slot] = value }.ToJsonString(Readable)[1..^1];

    private sealed record RecordColumn(string Property, Func<Submission, string?> Now, Func<SubmissionVersion, string?> Before);
}

/// <summary>Where fields are stored: with the submission, or with the contact data that go on the citizen's word.</summary>
internal enum FieldStore
{
    Submission,
    Contact,
}
