using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OgpBot.Storage;

/// <summary>A person who takes part: a random id and nothing else. What rooms keep of a person points at it, and it is all they share.</summary>
public sealed class Citizen
{
    /// <summary>Stands for all who had themselves erased: what stays of them for the public record points here, and at nobody.</summary>
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
