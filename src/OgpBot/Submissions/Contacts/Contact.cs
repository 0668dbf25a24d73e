using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;
using OgpBot.Submissions.Filing;

namespace OgpBot.Submissions.Contacts;

/// <summary>How to reach who filed a submission, in a table of its own: it can be erased without a trace in the record.</summary>
public sealed class Contact
{
    public required string SubmissionId { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>A city's own fields of this kind, as JSON.</summary>
    public string? OwnFields { get; init; }

    /// <summary>All that it holds.</summary>
    internal IEnumerable<string> Values => new[] { Name, Email, Phone }.OfType<string>().Concat(FieldValues.ReadOwn(OwnFields).Values);
}

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contacts").HasKey(contact => contact.SubmissionId);
        builder.HasOne<Submission>().WithOne().HasForeignKey<Contact>(contact => contact.SubmissionId);
        builder.Property(contact => contact.SubmissionId).Keep(Retention.Technical);
        builder.Property(contact => contact.Name).Keep(Retention.Contact);
        builder.Property(contact => contact.Email).Keep(Retention.Contact);
        builder.Property(contact => contact.Phone).Keep(Retention.Contact);
        builder.Property(contact => contact.OwnFields).Keep(Retention.Contact);
        builder.Ignore(contact => contact.Values);
    }
}
