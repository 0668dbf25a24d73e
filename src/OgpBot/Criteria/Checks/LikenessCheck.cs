using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>Whether the citizen filed a very similar text earlier in this conversation.</summary>
internal sealed class LikenessCheck(Criterion criterion) : ICriterionCheck
{
    private const double VeryLike = 0.6;

    public CriterionResult Check(CheckedText text, CheckContext context) => MostLike(text, context) is { } filed
        ? CriterionResult.Doubt(criterion, Likeness.Of(Beginning(text), filed.Text))
        : CriterionResult.Met(criterion, 1);

    /// <summary>What was filed and is very like this text; null where nothing is.</summary>
    internal static FiledText? MostLike(CheckedText text, CheckContext context) => context.Filed
        .Where(filed => Likeness.Of(Beginning(text), filed.Text) >= VeryLike)
        .MaxBy(filed => Likeness.Of(Beginning(text), filed.Text));

    // Of what was filed only the beginning is remembered.
    private static string Beginning(CheckedText text) => FiledTextsSlot.Beginning(text.Text);
}
