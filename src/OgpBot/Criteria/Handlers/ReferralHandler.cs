using OgpBot.Calls;
using OgpBot.Criteria.Checks;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>
/// Says where the citizen gets help sooner than through the plan: for a pothole, a leak, a case of her own. The places are <c>doors</c> of the
/// consultation. Signs of danger come before all else, and only add a line with emergency numbers. Nothing is refused; the text can still be filed.
/// </summary>
public sealed class ReferralHandler : ICallHandler
{
    private const string Told = "door_told";

    /// <summary>The slot with the hash of a text that tells of danger. Nobody is asked to make such a text less personal.</summary>
    internal const string InDanger = "in_danger";

    // The hash of the text that was told about last: coming back to the same text, nothing is told again.
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
