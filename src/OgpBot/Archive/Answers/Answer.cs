namespace OgpBot.Archive.Answers;

/// <summary>What came of a question.</summary>
public enum AnswerStatus
{
    /// <summary>The archive says it.</summary>
    Answered,

    /// <summary>The archive says a part of it.</summary>
    Partial,

    /// <summary>The archive does not say it.</summary>
    NotFound,

    /// <summary>An opinion, a prediction, advice or how to vote was asked for.</summary>
    RefusedOpinion,

    /// <summary>Someone's private data were asked for.</summary>
    RefusedPrivate,

    /// <summary>The rules of the bot were to be changed.</summary>
    RefusedRules,

    /// <summary>It is about something else.</summary>
    OffTopic,

    /// <summary>A greeting, thanks or a goodbye.</summary>
    Greeting,

    /// <summary>About the bot itself.</summary>
    AboutBot,
}

/// <summary>A source of an answer.</summary>
/// <param name="Document">The document's name, or that of the card.</param>
/// <param name="Quote">Verbatim; <c> … </c> where something was left out.</param>
public sealed record Citation(string Document, string Title, string Section, int? Page, string Quote, string? Date, string? Url);

/// <summary>An answer, with where each part of it stands.</summary>
/// <param name="Text">In the language of the question; quotes stay in that of the document.</param>
public sealed record Answer(AnswerStatus Status, string Text, IReadOnlyList<Citation> Citations)
{
    /// <summary>How well the fact that it comes from fits the question, from 0 to 1; 0 where it comes from none.</summary>
    internal double Fit { get; init; }

    /// <summary>Whether no answer was given.</summary>
    public bool Abstained => Status is not (AnswerStatus.Answered or AnswerStatus.Partial);
}

/// <summary>What may hold an answer: words of the archive, and how they are cited.</summary>
/// <param name="Text">As it stands in the archive.</param>
/// <param name="Lead">The same in our words, where a fact has them; else empty.</param>
internal sealed record AnswerSource(string Text, string Lead, Citation Citation)
{
    /// <summary>All that a sentence on it may rest on.</summary>
    internal string All => $"{Text}\n{Lead}\n{Citation.Title}\n{Citation.Section}\n{Citation.Date}";
}
