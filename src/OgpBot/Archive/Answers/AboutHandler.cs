using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>
/// What people ask while they take part («¿quién revisa esto?»), answered by texts of the consultation, not by documents: each text of the section <c>about</c>
/// is told where a question is one of the phrases of its <c>_also</c>, with few words more.
/// </summary>
internal sealed class AboutHandler : ICallHandler
{
    private const string Section = "about.";
    private const string Phrases = "_also";

    // With more words beside the phrase it is another question.
    private const int MostWordsBeside = 3;

    private readonly Lazy<DialogLibrary> library;
    private readonly Lazy<ILookup<string, (string Phrase, string Key)>> phrases;

    public AboutHandler(Lazy<DialogLibrary> library)
    {
        this.library = library;
        phrases = new(() => library.Value.Texts.Values
            .SelectMany(texts => texts.Keys.Where(key => key.StartsWith(Section, StringComparison.Ordinal) && key.EndsWith(Phrases, StringComparison.Ordinal))
                .SelectMany(key => texts.Plain(key).Split(',').Select(phrase => (texts.Language, Phrase: TextFold.Fold(phrase), Key: key[..^Phrases.Length]))))
            .ToLookup(found => found.Language, found => (found.Phrase, found.Key)));
    }

    public CallContract Contract { get; } = new("archive.about", ["told", "unknown"], ["answer_text"]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var said = TextFold.Fold(call.Slots.GetValueOrDefault(call.With["slot"], ""));
        var words = said.Split(' ').Length;
        var key = phrases.Value[call.Language].FirstOrDefault(known => words <= known.Phrase.Split(' ').Length + MostWordsBeside
            && $" {said} ".Contains($" {known.Phrase} ", StringComparison.Ordinal)).Key;
        return ValueTask.FromResult<CallAnswer>(key is null
            ? new CallResult("unknown")
            : new CallResult("told") { Values = new Dictionary<string, string> { ["answer_text"] = library.Value.Render(key, call.Language) } });
    }
}
