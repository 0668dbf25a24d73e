using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Staff.Queue;

/// <summary>A filter of the queue that a person keeps under a name.</summary>
public sealed class SavedFilter
{
    public required string StaffId { get; init; }

    public required string Name { get; init; }

    /// <summary>The query string of the queue.</summary>
    public required string Query { get; init; }
}

internal sealed class SavedFilterMapping : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.ToTable("saved_filters").HasKey(filter => new { filter.StaffId, filter.Name });
        builder.Property(filter => filter.StaffId).Keep(Retention.Staff);
        builder.Property(filter => filter.Name).Keep(Retention.Staff);
        builder.Property(filter => filter.Query).Keep(Retention.Staff);
    }
}
