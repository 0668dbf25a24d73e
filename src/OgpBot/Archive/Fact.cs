using OgpBot.Dialogs;

namespace OgpBot.Archive;

/// <summary>What a fact is for.</summary>
public enum FactKind
{
    /// <summary>How the plan was made, and by whom.</summary>
    Process,

    /// <summary>How the plan stands.</summary>
    Plan,

    /// <summary>The archive does not say it.</summary>
    Gap,

    /// <summary>Corrects what a question takes for granted.</summary>
    Premise,
}

/// <summary>A fact of <c>archive/facts.yaml</c>: how people ask for it, a lead in our own words, and pointers to the sentences that say it.</summary>
/// <param name="Asks">The kinds of question it answers: who, when, where, how_many, which, why, what, how, yes_no.</param>
public sealed record Fact(
    string Id, FactKind Kind, IReadOnlyList<string> Asks, IReadOnlyList<(string Language, string Text)> Questions, LocalizedText Lead, IReadOnlyList<SourcePointer> Sources);

/// <summary>Points at a sentence: the document, its section, and words that only this sentence has together.</summary>
/// <param name="Line">Of the file that holds the pointer.</param>
public sealed record SourcePointer(string Document, string Section, IReadOnlyList<string> Words, int Line);

/// <summary>A document that the facts come from.</summary>
/// <param name="Id">As facts name it.</param>
/// <param name="File">Its name without extension, as it is called once added.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal.</param>
/// <param name="ShortTitle">The title as answers name it.</param>
public sealed record ArchiveSource(string Id, string File, string Title, string ShortTitle, string Publisher, string Date, string Url, string Sha256);
