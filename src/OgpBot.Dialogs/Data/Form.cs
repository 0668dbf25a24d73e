namespace OgpBot.Dialogs;

/// <summary>
/// The fields of a submission (<c>form.yaml</c>), in the order in which they are shown and exported.
/// Summary, storage, corrections, the citizen's copy, erasure and exports loop over them.
/// Some fields have columns of their own in the database. A city's own fields are stored beside them as JSON.
/// </summary>
public sealed class Form
{
    /// <summary>The name of the file.</summary>
    public const string File = "form.yaml";

    /// <summary>The name by which texts show a city's own fields, one in a line.</summary>
    public const string OwnFields = "own_fields";

    /// <summary>Begins the name of the slot that holds the correction of a field.</summary>
    public const string New = "new_";

    /// <summary>The same of their corrections.</summary>
    public const string NewOwnFields = "new_own_fields";

    private static readonly Dictionary<string, FieldKind> Kinds = new()
    {
        ["text"] = FieldKind.Text,
        ["choice"] = FieldKind.Choice,
        ["yes-no"] = FieldKind.YesNo,
        ["date"] = FieldKind.Date,
        ["number"] = FieldKind.Number,
        ["phone"] = FieldKind.Phone,
        ["e-mail"] = FieldKind.Email,
    };

    private static readonly Dictionary<string, FieldKeep> Keeps = new()
    {
        ["public"] = FieldKeep.Public,
        ["contact"] = FieldKeep.Contact,
        ["technical"] = FieldKeep.Technical,
        ["draft"] = FieldKeep.Draft,
    };

    private readonly Dictionary<string, FormField> bySlot;

    private Form(IReadOnlyList<FormField> fields) => (Fields, bySlot) = (fields, fields.DistinctBy(field => field.Slot).ToDictionary(field => field.Slot));

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<FormField> Fields { get; }

    /// <summary>The field that a slot fills, or null.</summary>
    public FormField? Of(string slot) => bySlot.GetValueOrDefault(slot);

    internal static Form Read(string directory, List<DataProblem> problems)
    {
        var path = Path.Combine(directory, File);
        if (!System.IO.File.Exists(path))
        {
            problems.Add(new DataProblem(File, 0, "the file is missing: it names the fields of a submission"));
            return new Form([]);
        }

        var fields = DataNode.Read(path, File, problems).Only("fields")["fields"].Items.Select(Read).ToList();
        foreach (var twice in fields.GroupBy(field => field.Slot).Where(group => group.Count() > 1))
        {
            twice.Last().Source.Report($"the field `{twice.Key}` stands twice");
        }

        return new Form(fields);
    }

    private static FormField Read(DataNode node)
    {
        node.Only("slot", "kind", "label", "keeps", "column", "corrected", "checked");
        var slot = node.Required("slot");
        return new FormField(
            slot,
            OneOf(node, "kind", Kinds),
            node.Required("label"),
            OneOf(node, "keeps", Keeps),
            node["column"].Text ?? slot,
            node.Flag("corrected"),
            node.Flag("checked"),
            node);
    }

    private static T OneOf<T>(DataNode node, string key, Dictionary<string, T> known)
    {
        var name = node.Required(key);
        if (!known.TryGetValue(name, out var value) && name.Length > 0)
        {
            node[key].Report($"`{key}: {name}` is not known{Nearest.Suggestion(name, known.Keys)}");
        }

        return value!;
    }
}

/// <summary>A field of a submission.</summary>
/// <param name="Slot">The slot that a step fills.</param>
/// <param name="Kind">The type of its value.</param>
/// <param name="Label">The key of the text that names it.</param>
/// <param name="Keeps">How long it is kept and who may see it.</param>
/// <param name="Column">Its name in exports and copies.</param>
/// <param name="Corrected">Whether the citizen may correct it after sending, by the slot <c>new_…</c>.</param>
/// <param name="Checked">Whether the criteria look at it.</param>
/// <param name="Source">Its node in the file.</param>
public sealed record FormField(string Slot, FieldKind Kind, string Label, FieldKeep Keeps, string Column, bool Corrected, bool Checked, DataNode Source);

/// <summary>The type of a field's value.</summary>
public enum FieldKind
{
    Text,
    Choice,
    YesNo,

    /// <summary>A day, kept as 2026-07-05.</summary>
    Date,
    Number,
    Phone,
    Email,
}

/// <summary>How long a field is kept and who may see it.</summary>
public enum FieldKeep
{
    /// <summary>With the submission, in the public record.</summary>
    Public,

    /// <summary>To contact the citizen: in a table of its own, never published, erased at her request.</summary>
    Contact,

    /// <summary>With the submission, for the program.</summary>
    Technical,

    /// <summary>Only while the form is filled in. It decides what is asked.</summary>
    Draft,
}
