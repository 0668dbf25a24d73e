namespace OgpBot.Criteria;

/// <summary>A check of one criterion. It reads its data once, at the start, and keeps nothing of a text.</summary>
internal interface ICriterionCheck
{
    CriterionResult Check(CheckedText text, CheckContext context);
}

/// <summary>What else a check may compare a text with.</summary>
/// <param name="Copied">Texts that the citizen may have copied: her own problem where a proposal is checked.</param>
/// <param name="Filed">What the same citizen has filed in this conversation.</param>
public sealed record CheckContext(IReadOnlyList<string> Copied, IReadOnlyList<FiledText> Filed)
{
    /// <summary>A text alone.</summary>
    public static CheckContext None { get; } = new([], []);
}
