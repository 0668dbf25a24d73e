using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>Says of an answer where it stands: the quoted sentence, its document, section, page and date.</summary>
internal sealed class Citations(Lazy<DialogLibrary> library, Lazy<ShippedArchive> shipped)
{
    // Names our own words as a document.
    private const string Card = "ogpbot";

    private const int LongestAnswer = 700;
    private const int MostSources = 3;

    /// <summary>The texts that citations are made of.</summary>
    internal static IReadOnlyList<string> TextKeys { get; } = ["answer.lead", "answer.page", "answer.card"];

    /// <summary>The sentence of a document, cut to the words it is quoted for.</summary>
    internal static Citation Of(FoundSentence found, IReadOnlyList<string> words) => new(
        found.Passage.Document, found.Passage.Title, found.Passage.Section, found.Passage.Page, Quotes.Verbatim(found.Text, words), found.Passage.Date, found.Passage.Url);

    internal Citation Of(CardSection card, string sentence, string language) => OfCard(shipped.Value.SourceOf(card.Source)!, card.Place, sentence, language);

    /// <summary>What a fact comes from: sentences of the documents that have been added, our card's words for the others.</summary>
    internal IEnumerable<Citation> Of(Fact fact, AddedDocuments added, string language)
    {
        foreach (var pointer in fact.Sources)
        {
            var source = shipped.Value.SourceOf(pointer.Document)!;
            if (added.Resolve(pointer) is { } found)
            {
                yield return Of(found, pointer.Words);
            }
            else if (!added.Has(source))
            {
                yield return OfCard(source, pointer.Section, fact.Lead.In(LocalizedText.DefaultLanguage), language);
            }
        }
    }

    /// <summary>An answer with its citations, as they are shown: as many as a reader of a phone may be asked to read, but one at least.</summary>
    internal Answer Answer(string lead, IEnumerable<Citation> all, string language)
    {
        var answer = lead;
        var shown = new List<Citation>();
        foreach (var citation in all)
        {
            var text = Shown(citation, language);
            if (shown.Count == MostSources || (shown.Count > 0 && answer.Length + text.Length > LongestAnswer))
            {
                break;
            }

            answer += text;
            shown.Add(citation);
        }

        return new Answer(AnswerStatus.Answered, answer, shown);
    }

    /// <summary>An answer that is one sentence of the archive.</summary>
    internal Answer Answer(Citation citation, string language) => Answer(citation.Document == Card ? citation.Quote : TextOf("answer.lead", language), [citation], language);

    private Citation OfCard(ArchiveSource source, string section, string words, string language) =>
        new(Card, TextOf("answer.card", language), $"{source.ShortTitle}, {section}", null, words, source.Date, source.Url.Length > 0 ? source.Url : null);

    private string Shown(Citation citation, string language)
    {
        var page = citation.Page is { } number ? $"{TextOf("answer.page", language)} {number}" : "";
        var title = shipped.Value.Sources.FirstOrDefault(source => source.Title == citation.Title)?.ShortTitle ?? citation.Title;
        var section = citation.Section == citation.Title ? "" : citation.Section;
        var quote = citation.Document == Card ? "" : $"\n«{citation.Quote}»";
        return $"{quote}\n— {string.Join(", ", new[] { title, section, page, citation.Date ?? "" }.Where(part => part.Length > 0))}";
    }

    private string TextOf(string key, string language) => library.Value.Texts[language].Plain(key);
}
