using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Own;

namespace OgpBot.Submissions.Contacts;

/// <summary>Adds or changes contact data of the open submission by the slots <c>new_…</c>; one that is left empty stays as it was. What it replaces is erased.</summary>
internal sealed class ContactHandler(OwnSubmissions own, Lazy<DialogLibrary> library) : ICallHandler
{
    public CallContract Contract { get; } = new("submissions.contact", ["kept", "unchanged"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OpenAsync(call, cancellationToken);
        var before = FieldValues.ReadOwn(found.Contact?.OwnFields);
        var contact = new Contact
        {
            SubmissionId = found.Submission.Id,
            Name = New(call, "new_name") ?? found.Contact?.Name,
            Email = New(call, "new_email") ?? found.Contact?.Email,
            Phone = New(call, "new_phone") ?? found.Contact?.Phone,
            OwnFields = FieldValues.WriteOwn(library.Value, FieldStore.Contact, field => New(call, Form.New + field.Slot) ?? before.GetValueOrDefault(field.Slot)),
        };
        var now = contact.Values.ToList();
        return now.SequenceEqual(found.Contact?.Values ?? [])
            ? new CallResult("unchanged")
            : new CallAnswer(new CallResult("kept"))
            {
                Changes = [ContactErasure.Delete(contact.SubmissionId), database => AddAsync(database, contact)],
                Forgets = [.. ContactErasure.Words(found, context).Where(words => !now.Contains(words.Words))],
            };
    }

    private static async Task AddAsync(DbContext database, Contact contact)
    {
        database.Add(contact);
        await database.SaveChangesAsync();
    }

    private static string? New(Call call, string slot) => call.Slots.GetValueOrDefault(slot) is { Length: > 0 } value ? value : null;
}
