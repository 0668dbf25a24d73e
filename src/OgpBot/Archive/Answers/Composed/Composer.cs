using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OgpBot.Llm;

namespace OgpBot.Archive.Answers.Composed;

/// <summary>
/// Lets a language model say in a few sentences what passages of the archive say. It sees a token for each, drawn for this request, and writes no links;
/// what is shown as a source is the archive's own words.
/// </summary>
internal sealed partial class Composer(AnswerPipeline pipeline, AnswerVerification verification, ILogger<Composer> logger)
{
    internal static readonly PromptContract Prompt = new("answer-question", "language");

    /// <param name="safe">The question as it may be sent.</param>
    /// <returns>Null: it found none, or what it wrote does not hold.</returns>
    internal async Task<Answer?> ComposeAsync(string asked, string safe, string language, ModelSession turn, CancellationToken cancellationToken)
    {
        var question = pipeline.Read(asked, language);
        var sources = pipeline.SourcesOf(question).Select((source, at) => (Token: TokenOf(at), Source: source)).ToDictionary(pair => pair.Token, pair => pair.Source);
        if (sources.Count == 0)
        {
            return null;
        }

        var data = new JsonObject
        {
            ["question"] = safe,
            ["sources"] = new JsonArray([.. sources.Select(source => new JsonObject
            {
                ["id"] = source.Key,
                ["title"] = $"{source.Value.Citation.Title}, {source.Value.Citation.Section}",
                ["text"] = source.Value.Text,
                ["summary"] = source.Value.Lead == source.Value.Text ? "" : source.Value.Lead,
            })]),
        };
        var reply = await turn.AskAsync(Prompt, new Dictionary<string, string> { ["language"] = language }, data, AnswerReplyJson.Strict.AnswerReply, cancellationToken);
        if (reply is null || reply.Sentences.Count == 0)
        {
            return null;
        }

        if (verification.BrokenRule(reply, question, sources) is { } rule)
        {
            Log.Refused(logger, rule);
            return null;
        }

        var citations = reply.Sentences.Select(sentence => sources[sentence.Source].Citation with { Quote = Quotes.Verbatim(sentence.Quote) }).DistinctBy(citation => citation.Quote);
        return pipeline.Cite(string.Join(' ', reply.Sentences.Select(sentence => sentence.Text.Trim())), citations, language);
    }

    // Nobody who wrote a passage could foresee it. As with a fence, the chance is the system's own.
    private static string TokenOf(int at) => string.Create(CultureInfo.InvariantCulture, $"s{at + 1}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "An answer of the language model was not given: it breaks the rule `{Rule}`")]
        internal static partial void Refused(ILogger logger, string rule);
    }
}
