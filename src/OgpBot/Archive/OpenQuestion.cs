using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Archive;

/// <summary>A question that the archive did not answer, or not well, for staff to see what is missing. It does not tell who asked, nor the hour.</summary>
public sealed class OpenQuestion
{
    public required string Id { get; init; }

    /// <summary>As it was asked, with personal data behind masks.</summary>
    public required string Question { get; init; }
    public required string Language { get; init; }

    /// <summary><c>not_found</c>, or <c>not_helpful</c> where the one who asked said so.</summary>
    public required string Why { get; init; }

    /// <summary>The local day.</summary>
    public required DateOnly AskedOn { get; init; }
}

internal sealed class OpenQuestionMapping : IEntityTypeConfiguration<OpenQuestion>
{
    public void Configure(EntityTypeBuilder<OpenQuestion> builder)
    {
        builder.ToTable("open_questions").HasKey(question => question.Id);
        builder.Property(question => question.Id).Keep(Retention.Technical);
        builder.Property(question => question.Question).Keep(Retention.PublicRecord);
        builder.Property(question => question.Language).Keep(Retention.Technical);
        builder.Property(question => question.Why).Keep(Retention.Technical);
    }
}
