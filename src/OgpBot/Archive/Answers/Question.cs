using OgpBot.Archive.Search;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>A question, cleaned once for all that follows.</summary>
internal sealed class Question
{
    private static readonly (string Kind, string[] Words)[] Kinds =
    [
        ("when", ["cuando", "fecha", "fechas", "dia", "dias", "ano", "mes", "periodo", "when", "date", "dates"]),
        ("who", ["quien", "quienes", "persona", "nombre", "nombres", "who", "whom", "whose"]),
        ("how_many", ["cuantos", "cuantas", "cuanto", "cuanta", "numero", "cantidad", "many", "much"]),
        ("where", ["donde", "direccion", "domicilio", "liga", "link", "enlace", "pagina", "where"]),
        ("why", ["porque", "motivo", "razon", "razones", "causa", "why"]),
    ];

    private Question(string text, string language, IReadOnlyList<string> words, IReadOnlyList<string> terms, IReadOnlyList<string> asks) =>
        (Text, Language, Words, Terms, Asks) = (text, language, words, terms, asks);

    internal string Text { get; }

    internal string Language { get; }

    /// <summary>Folded and spelled with care, in Spanish.</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>What it may be found by, none twice.</summary>
    internal IReadOnlyList<string> Terms { get; }

    /// <summary>The kinds of answer that it asks for.</summary>
    internal IReadOnlyList<string> Asks { get; }

    internal static Question Read(string text, string language, Lexicon lexicon, Spelling spelling)
    {
        var raw = TextFold.Fold(text).Split(' ');
        var words = lexicon.Spell(text, language == "en", spelling);
        var asks = Kinds.Where(kind => kind.Words.Any(word => words.Contains(word) || raw.Contains(word))).Select(kind => kind.Kind).ToList();
        return new Question(text, language, words, [.. words.Where(word => !lexicon.IsEmpty(word)).Select(lexicon.TermOf).Distinct()], asks);
    }
}
