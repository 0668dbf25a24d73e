using System.Text.Json;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Review;

/// <summary>The states of review: as exports and texts' keys name them, and as citizens read them with what comes next.</summary>
internal static class ReviewStates
{
    /// <summary>The key of the text that tells that the reviewers wrote.</summary>
    internal const string MessageNotice = "host.notice_message";

    internal static IEnumerable<string> TextKeys => Enum.GetValues<ReviewState>().SelectMany(state => new[] { NameKey(state), NextKey(state) })
        .Concat(Enum.GetValues<ReviewState>().Except([ReviewState.Received, ReviewState.Withdrawn]).Select(NoticeKey)).Append(MessageNotice);

    /// <summary>Such as <c>received</c>; words stand apart by underlines.</summary>
    internal static string Code(ReviewState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>The state of a code, or null.</summary>
    internal static ReviewState? Of(string? code) => Enum.GetValues<ReviewState>().Cast<ReviewState?>().FirstOrDefault(state => Code(state!.Value) == code);

    internal static string Name(ReviewState state, Texts texts) => texts.Plain(NameKey(state));

    internal static string Next(ReviewState state, Texts texts) => texts.Plain(NextKey(state));

    /// <summary>The key of the text that tells of a decision.</summary>
    internal static string NoticeKey(ReviewState state) => $"host.notice_{Code(state)}";

    private static string NameKey(ReviewState state) => $"host.state_{Code(state)}";

    private static string NextKey(ReviewState state) => $"host.next_{Code(state)}";
}
