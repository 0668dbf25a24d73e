namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Asks for a free text of <c>min</c> to <c>max</c> characters. An option such as <c>Omitir</c> leaves the slot empty on purpose.
/// A text with more words than <c>otherwise: {goto: addition, words: 8}</c> says goes there.
/// A text with no more words than <c>doubtful: {goto: place-sure, words: 8}</c> that may be talk goes there, to be asked about.
/// <code>
/// - id: problem
///   ask: submission.problem
///   slot: problem
///   progress: 2
///   min: 20
///   choices: [{label: common.skip}]
/// </code>
/// </summary>
public sealed record AskStep(string Id, string Question, string Fills, ChoiceList Choices, int Min, int Max, int? Progress, DataNode Source)
    : WaitingStep(Id, Question, Fills, Choices, Progress, Source)
{
    internal override IEnumerable<string> TextKeys => [.. base.TextKeys, .. Min > 1 ? [TooShort] : Array.Empty<string>()];

    // A longer text may say more than a name.
    private const int LongestShort = 200;

    private const double LikelyTalk = 0.3;
    private const double LikelyOther = 0.45;

    // Who is in danger now writes little. A longer text tells of a problem that others share.
    private const int MostWordsOfCry = 12;
    private static readonly string[] TalkIntents = [IntentNames.About, IntentNames.Answer, IntentNames.Archive, IntentNames.Chat, IntentNames.Command];

    /// <summary>Whether it asks for a name or the like, and not for a longer text.</summary>
    internal bool IsShort => Max <= LongestShort;

    /// <summary>Where a text of more words than <see cref="MostWords"/> goes, in the slot <c>said</c>; null: nowhere.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Words of an answer at most, where <see cref="Otherwise"/> is set.</summary>
    public int MostWords { get; init; } = int.MaxValue;

    /// <summary>Where a short text goes that may be talk and no answer, in the slot <c>said</c>; null: nowhere.</summary>
    public string? Doubtful { get; init; }

    /// <summary>Words of such a text at most.</summary>
    public int DoubtfulWords { get; init; }

    internal override IEnumerable<string> Targets => [.. base.Targets, .. new[] { Otherwise, Doubtful }.OfType<string>()];

    private string TooShort => $"{Question}_short";

    internal static AskStep Read(DataNode node)
    {
        node.Only("id", "ask", "slot", "min", "max", "progress", "choices", "otherwise", "doubtful", "help", "name", "tells", "when");
        var otherwise = node["otherwise"].Only("goto", "words");
        var doubtful = node["doubtful"].Only("goto", "words");
        return new AskStep(
            node.Required("id"),
            node.Required("ask"),
            node.Required("slot"),
            ChoiceList.Read(node),
            node.Number("min") ?? 1,
            node.Number("max") ?? DialogEngine.LongestText,
            node.Number("progress"),
            node)
        {
            Otherwise = otherwise["goto"].Text,
            MostWords = otherwise.Number("words") ?? int.MaxValue,
            Doubtful = doubtful["goto"].Text,
            DoubtfulWords = doubtful.Number("words") ?? 0,
        };
    }

    internal override StepOutcome Answer(Turn turn, string text)
    {
        if (ChoiceList.Exact(text, Offered(turn)) is { } choice)
        {
            return Take(turn, choice);
        }

        var answer = text.Trim();
        var words = answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var length = DialogEngine.LengthOf(answer);
        if ((words > MostWords ? Otherwise : words <= DoubtfulWords && length >= Min && IsDoubtful(turn, answer) ? Doubtful : null) is { } target)
        {
            turn.Slots.Fill(DialogEngine.SaidSlot, answer);
            return new StepOutcome.GoTo(target);
        }

        if (length > Max)
        {
            return Miss(turn, turn.TooLong(answer, Max));
        }

        if (length < Math.Max(1, Min))
        {
            return Miss(turn, turn.Text(Min > 1 ? TooShort : "common.empty"));
        }

        turn.Slots.Replace(Fills!, answer);
        return new StepOutcome.Next();
    }

    // The name of a known place is no talk. Nor is a wish, where a longer text is asked for.
    private bool IsDoubtful(Turn turn, string answer)
    {
        var said = turn.Words.WordsIn(answer);
        return (IsShort ? turn.PlacesIn(answer).Count == 0 : !turn.Words.IsWish(said))
            && (turn.Words.IsTalk(said, isName: IsShort) || turn.Words.Corrects(answer)
                || turn.Library.HeardOf(turn.Language).IsHeardIn(said) || turn.Library.HoldsCommand(said, turn.Language) || IsLikeTalk(turn, answer));
    }

    // What is said a second time is meant.
    private bool IsLikeTalk(Turn turn, string answer) =>
        turn.Slots[DialogEngine.SaidSlot] != answer && turn.IntentOf(answer) is { Confidence: >= LikelyTalk } intent && intent.Name != IntentNames.OtherLanguage
        && ((intent.Name == IntentNames.Danger && turn.Words.WordsIn(answer).Length <= MostWordsOfCry)
            || TalkIntents.Contains(IntentNames.Group(intent.Name)) || AnswersAnotherQuestion(intent));

    private bool AnswersAnotherQuestion(Intent intent) =>
        Tells is not null && intent.Name != Tells && IntentNames.Group(intent.Name) == IntentNames.Tells && intent.Confidence >= LikelyOther;

    private StepOutcome Miss(Turn turn, string sorry)
    {
        turn.Misses++;
        return Ask(turn, sorry);
    }
}
