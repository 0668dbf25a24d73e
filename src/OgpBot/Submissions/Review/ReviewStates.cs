using OgpBot.Dialogs;

namespace OgpBot.Submissions.Review;

/// <summary>The states of review as citizens read them: a name, and what comes next.</summary>
internal static class ReviewStates
{
    internal static IEnumerable<string> TextKeys => Enum.GetNames<ReviewState>().SelectMany(name => new[] { $"host.state_{name.ToLowerInvariant()}", $"host.next_{name.ToLowerInvariant()}" });

    internal static string Name(ReviewState state, Texts texts) => texts.Plain($"host.state_{state.ToString().ToLowerInvariant()}");

    internal static string Next(ReviewState state, Texts texts) => texts.Plain($"host.next_{state.ToString().ToLowerInvariant()}");
}
