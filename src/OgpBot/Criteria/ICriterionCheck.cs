namespace OgpBot.Criteria;

/// <summary>One way to look at a text. It reads data once, at the start, and holds nothing of a text.</summary>
internal interface ICriterionCheck
{
    CriterionResult Check(CheckedText text);
}
