using OgpBot.Conversations.Messages;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// What a citizen said at once, in one message or in several: a long text that her app cut, or an album. It has one turn. That turn waits a moment for the
/// rest.
/// </summary>
/// <param name="Messages">Those whose turn is not over, in the order in which they were sent.</param>
/// <param name="IsAnswered">It was answered before this rest of it came.</param>
internal sealed record Utterance(IReadOnlyList<NumberedMessage> Messages, bool IsAnswered)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // Apps send the parts within milliseconds. Of a network that fails in the middle they make some seconds.
    private const int MostSecondsBetween = 5;

    internal ActivityKind Kind => Messages.Any(message => message.Kind == ActivityKind.Message) ? ActivityKind.Message : ActivityKind.Unreadable;

    internal string Text => string.Join(IsAlbum ? "\n" : "", Messages.Where(message => message.Kind == ActivityKind.Message).Select(message => message.Text));

    internal bool HasFile => Messages.Any(message => message.Part!.File);

    private bool IsAlbum => Messages.Any(message => message.Part!.Album is not null);

    /// <param name="chat">The messages of both sides that have a number, in its order.</param>
    /// <param name="seq">One of the citizen's in it.</param>
    internal static Utterance Of(IReadOnlyList<NumberedMessage> chat, int seq)
    {
        var said = chat.Where(message => message.Part is not null).ToList();
        var at = said.FindIndex(message => message.Seq == seq);
        var one = said[at];
        if (one.Part!.Album is { } album)
        {
            var all = said.Where(message => message.Part!.Album == album).ToList();
            return new(NotDone(all), one.Kind == ActivityKind.Unreadable && all.Exists(message => message.IsDone));
        }

        var (first, last) = (at, at);
        while (first > 0 && GoesOn(said[first - 1], said[first], chat))
        {
            first--;
        }

        while (last + 1 < said.Count && GoesOn(said[last], said[last + 1], chat))
        {
            last++;
        }

        return new(NotDone(said[first..(last + 1)]), said[first..at].Exists(message => message.IsDone));
    }

    /// <summary>How long something that belongs to it may still come; nothing or less: it is whole.</summary>
    /// <param name="since">What came before is waited for from then on, for it could not come sooner.</param>
    internal TimeSpan TimeLeft(DateTimeOffset now, DateTimeOffset since)
    {
        var open = Messages.Where(message => message.Part is { Cut: true } or { Overtook: true } or { Album: not null }).Select(message => message.At).ToList();
        var left = open.Count == 0 ? TimeSpan.Zero : (open.Max() > since ? open.Max() : since) + Moment - now;

        // Else a clock was set back.
        return left <= Moment ? left : TimeSpan.Zero;
    }

    // What she sent before she could read an answer belongs to what was answered.
    private static bool GoesOn(NumberedMessage one, NumberedMessage next, IReadOnlyList<NumberedMessage> chat) =>
        one.Part!.Cut && next is { Kind: ActivityKind.Message, Part.Album: null, Part.File: false } && next.Part.Sent - one.Part.Sent <= MostSecondsBetween
        && !(one.IsDone && chat.Any(message => message.Part is null && message.Number > one.Number && message.Number < next.Number));

    private static List<NumberedMessage> NotDone(IEnumerable<NumberedMessage> messages) => [.. messages.Where(message => !message.IsDone)];
}

/// <summary>A message that has a number in its chat; of the bot's nothing else is told.</summary>
internal sealed record NumberedMessage(int Seq, long Number, ActivityKind Kind, string? Text, IncomingPart? Part, DateTimeOffset At, bool IsDone);
