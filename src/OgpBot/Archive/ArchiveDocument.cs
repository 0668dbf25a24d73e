using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Archive;

/// <summary>A document that was added to the archive. A new version of it replaces the old, which stays in the history.</summary>
public sealed class ArchiveDocument
{
    public required string Id { get; init; }

    /// <summary>The file's name without extension; citations name it.</summary>
    public required string Name { get; init; }
    public required string Title { get; init; }
    public string? Publisher { get; init; }

    /// <summary>As given: a day, a month or a year.</summary>
    public string? Date { get; init; }
    public string? Url { get; init; }

    /// <summary>Of the file's bytes, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The whole text as it was read, from which it can be indexed again.</summary>
    public required string Text { get; init; }
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>When a new version took its place, or it was removed; null: it is the one that answers come from.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }
}

/// <summary>A paragraph of a document, with where it stands.</summary>
public sealed class ArchivePassage
{
    public long Id { get; init; }
    public required string DocumentId { get; init; }

    /// <summary>From 1, in the order of the document.</summary>
    public int Seq { get; init; }
    public required string Section { get; init; }
    public int? Page { get; init; }
    public required string Text { get; init; }
}

internal sealed class ArchiveDocumentMapping : IEntityTypeConfiguration<ArchiveDocument>
{
    public void Configure(EntityTypeBuilder<ArchiveDocument> builder)
    {
        builder.ToTable("archive_documents").HasKey(document => document.Id);
        builder.HasIndex(document => document.Name).IsUnique().HasDatabaseName("ix_archive_documents_name").HasFilter("replaced_at IS NULL");
        builder.Property(document => document.Id).Keep(Retention.Technical);
        builder.Property(document => document.Name).Keep(Retention.PublicRecord);
        builder.Property(document => document.Title).Keep(Retention.PublicRecord);
        builder.Property(document => document.Publisher).Keep(Retention.PublicRecord);
        builder.Property(document => document.Date).Keep(Retention.PublicRecord);
        builder.Property(document => document.Url).Keep(Retention.PublicRecord);
        builder.Property(document => document.Sha256).Keep(Retention.Technical);
        builder.Property(document => document.Text).Keep(Retention.PublicRecord);
    }
}

internal sealed class ArchivePassageMapping : IEntityTypeConfiguration<ArchivePassage>
{
    public void Configure(EntityTypeBuilder<ArchivePassage> builder)
    {
        builder.ToTable("archive_passages").HasKey(passage => passage.Id);
        builder.HasOne<ArchiveDocument>().WithMany().HasForeignKey(passage => passage.DocumentId);
        builder.HasIndex(passage => new { passage.DocumentId, passage.Seq }).IsUnique().HasDatabaseName("ix_archive_passages_seq");
        builder.Property(passage => passage.DocumentId).Keep(Retention.Technical);
        builder.Property(passage => passage.Section).Keep(Retention.PublicRecord);
        builder.Property(passage => passage.Text).Keep(Retention.PublicRecord);
    }
}
