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
    /// <summary>Whether no answer was given.</summary>
    public bool Abstained => Status is not (AnswerStatus.Answered or AnswerStatus.Partial);
}
