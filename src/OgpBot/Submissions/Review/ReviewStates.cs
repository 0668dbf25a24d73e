using System.Text.Json;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Review;

/// <summary>The states of review: as exports and texts' keys name them, and as citizens read them with what comes next.</summary>
internal static class ReviewStates
{
    internal static IEnumerable<string> TextKeys => Enum.GetValues<ReviewState>().SelectMany(state => new[] { NameKey(state), NextKey(state) });

    /// <summary>Such as <c>received</c>; words stand apart by underlines.</summary>
    internal static string Code(ReviewState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    internal static string Name(ReviewState state, Texts texts) => texts.Plain(NameKey(state));

    internal static string Next(ReviewState state, Texts texts) => texts.Plain(NextKey(state));

    private static string NameKey(ReviewState state) => $"host.state_{Code(state)}";

    private static string NextKey(ReviewState state) => $"host.next_{Code(state)}";
}
