using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OgpBot.Storage;

/// <summary>A person who takes part: a random id and nothing else. What a room keeps of a person points at this id. Rooms share nothing else of her.</summary>
public sealed class Citizen
{
    /// <summary>Stands for all who had themselves erased. What stays of them for the public record points here, and so at nobody.</summary>
    public const string Nobody = "nobody";

    public required string Id { get; init; }
}

internal sealed class CitizenMapping : IEntityTypeConfiguration<Citizen>
{
    public void Configure(EntityTypeBuilder<Citizen> builder)
    {
        builder.ToTable("citizens").HasKey(citizen => citizen.Id);
        builder.Property(citizen => citizen.Id).Keep(Retention.Technical);
    }
}
