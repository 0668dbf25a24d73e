using OgpBot.Archive;
using OgpBot.Conversations.Outbox;
using OgpBot.Dialogs;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Queue;

/// <summary>The values that each field of a filter may have: those of the consultation, and the people of the desk.</summary>
/// <param name="staff">Names by id.</param>
internal sealed class QueueChoices(Consultation consultation, IReadOnlyDictionary<string, string> staff, Lazy<ShippedArchive> archive)
{
    // As channels name themselves; the desk has a word for each.
    private static readonly string[] Channels = [IChannel.Web, "telegram", "botframework"];

    /// <summary>The names of people by their ids.</summary>
    internal IReadOnlyDictionary<string, string> Staff => staff;

    /// <summary>In the order in which they are shown.</summary>
    internal IReadOnlyList<string> Of(string field) => field switch
    {
        QueueFilter.Axis => [.. consultation.Axes.Select(axis => axis.Id), QueueFilter.None],
        QueueFilter.Borough => [.. consultation.Boroughs.Select(borough => borough.Value), QueueFilter.None],
        QueueFilter.Scope => [.. consultation.Scopes.Select(scope => scope.Value)],
        QueueFilter.State => [.. Enum.GetValues<ReviewState>().Select(ReviewStates.Code)],
        QueueFilter.Channel => Channels,
        QueueFilter.Doubt => [QueueFilter.Yes, QueueFilter.No],
        QueueFilter.Assigned => [QueueFilter.Me, QueueFilter.Nobody, QueueFilter.Anyone, .. staff.OrderBy(person => person.Value, StringComparer.Ordinal).Select(person => person.Key)],
        _ => [],
    };

    /// <summary>What a text is found by, none twice. Words that carry nothing are left out.</summary>
    internal IReadOnlyList<string> TermsOf(string text) => [.. archive.Value.Lexicon.TermsOf(text).Distinct()];
}
