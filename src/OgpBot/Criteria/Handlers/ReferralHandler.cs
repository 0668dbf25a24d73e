using OgpBot.Calls;
using OgpBot.Criteria.Checks;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>
/// Whether another place helps sooner with what a text tells (<c>doors</c> of the consultation): a pothole, a leak, a case of one's own. Signs of danger
/// come before all else and only add a line with the numbers: who reports violence as a public problem is heard like anyone. Nothing is refused.
/// </summary>
public sealed class ReferralHandler : ICallHandler
{
    private const string Told = "door_told";

    /// <summary>The slot for the fingerprint of a text that tells of danger: nobody is asked to be less personal there.</summary>
    internal const string InDanger = "in_danger";

    // What was told once of a text is not told again on the way back to it.
    private const string Seen = "door_seen";

    private const double Likely = 0.5;

    private readonly Lazy<DialogLibrary> library;
    private readonly Lazy<PhraseFinder> phrases;

    public ReferralHandler(Lazy<DialogLibrary> library)
    {
        this.library = library;
        phrases = new(() =>
        {
            var finder = new PhraseFinder();
            foreach (var (door, at) in library.Value.Consultation.Doors.Select((door, at) => (door, at)))
            {
                finder.Add(door.Node, at);
            }

            return finder;
        });
    }

    public CallContract Contract { get; } = new("criteria.doors", ["thing", "case", "danger", "none"], [Told, Seen, InDanger]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var doors = library.Value.Consultation.Doors;
        var text = call.Slots.GetValueOrDefault(call.With["slot"], "");
        var seen = CheckHandler.Fingerprint(text);
        if (call.Slots.GetValueOrDefault(Seen) == seen)
        {
            return ValueTask.FromResult<CallAnswer>(new CallResult("none"));
        }

        var said = new CheckedText(text);
        var found = phrases.Value.Find(said).Select(phrase => doors[phrase.Phrase.Family]).MaxBy(door => door.Kind);
        if (found is null && IsLikeDanger(said, call.Language))
        {
            found = doors.FirstOrDefault(door => door.Kind == DoorKind.Danger);
        }

        return ValueTask.FromResult<CallAnswer>(found is null
            ? new CallResult("none")
            : new CallResult(found.Kind.ToString().ToLowerInvariant())
            {
                Values = new Dictionary<string, string>
                {
                    [Told] = found.Told.In(call.Language),
                    [Seen] = seen,
                    [InDanger] = found.Kind == DoorKind.Danger ? seen : call.Slots.GetValueOrDefault(InDanger, ""),
                }
            });
    }

    private bool IsLikeDanger(CheckedText said, string language) =>
        ClassifyTextHandler.IntentOf(library.Value, said, language) is { Name: IntentNames.Danger, Confidence: >= Likely };
}
