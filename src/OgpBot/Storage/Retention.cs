using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OgpBot.Storage;

/// <summary>How long a text is kept. Every text column declares one. A test fails on a column that does not.</summary>
public enum Retention
{
    /// <summary>Ids, codes and names of ours: no word of a citizen.</summary>
    Technical,

    /// <summary>What was said. It is erased when the conversation has been idle for the days of the notice, or a day after the notice was refused.</summary>
    Chat,

    /// <summary>What was filed: part of the public record of the plan.</summary>
    PublicRecord,

    /// <summary>How to reach a person: kept until the citizen or the office erases it.</summary>
    Contact,

    /// <summary>Of the people who work at the desk and what they did: kept as long as the record of the plan.</summary>
    Staff,
}

internal static class RetentionMapping
{
    internal const string Annotation = "OgpBot:Retention";

    internal static PropertyBuilder<T> Keep<T>(this PropertyBuilder<T> property, Retention retention) =>
        property.HasAnnotation(Annotation, retention.ToString());
}
