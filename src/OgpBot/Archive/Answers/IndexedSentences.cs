using OgpBot.Archive.Documents;
using OgpBot.Archive.Search;

namespace OgpBot.Archive.Answers;

/// <summary>The sentences of a passage or a card, each with its terms, and the terms of their heading.</summary>
internal sealed class IndexedSentences
{
    internal IndexedSentences(string heading, string text, Lexicon lexicon)
    {
        Heading = lexicon.TermsOf(heading).ToHashSet();
        Texts = Sentences.Of(text);
        Terms = [.. Texts.Select(sentence => lexicon.TermsOf(sentence).ToHashSet())];
    }

    internal IReadOnlySet<string> Heading { get; }

    internal IReadOnlyList<string> Texts { get; }

    internal IReadOnlyList<IReadOnlySet<string>> Terms { get; }
}
