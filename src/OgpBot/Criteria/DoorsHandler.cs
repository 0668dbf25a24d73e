using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>
/// Whether another place helps sooner with what a text tells (<c>doors</c> of the consultation): a pothole, a leak, a case of one's own. Signs of danger
/// come before all else and only add a line with the numbers: who reports violence as a public problem is heard like anyone. Nothing is refused.
/// </summary>
public sealed class DoorsHandler : ICallHandler
{
    private const string Told = "door_told";

    private readonly Lazy<DialogLibrary> library;
    private readonly Lazy<PhraseFinder> phrases;

    public DoorsHandler(Lazy<DialogLibrary> library)
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

    public CallContract Contract { get; } = new("criteria.doors", ["thing", "case", "danger", "none"], [Told]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var doors = library.Value.Consultation.Doors;
        var found = phrases.Value.Find(new CheckedText(call.Slots.GetValueOrDefault(call.With["slot"], ""))).Select(phrase => doors[phrase.Phrase.Family]).MaxBy(door => door.Kind);
        return ValueTask.FromResult<CallAnswer>(found is null
            ? new CallResult("none")
            : new CallResult(found.Kind.ToString().ToLowerInvariant()) { Values = new Dictionary<string, string> { [Told] = found.Told.In(call.Language) } });
    }
}
