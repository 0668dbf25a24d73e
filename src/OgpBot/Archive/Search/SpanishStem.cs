namespace OgpBot.Archive.Search;

/// <summary>
/// Cuts the endings of Spanish words (gender, number, tense): <c>participaron</c> and <c>participación</c> have the same stem. It is lighter than Snowball's.
/// Words are folded, a stem keeps at least four letters, and endings are tried from the longest.
/// </summary>
internal static class SpanishStem
{
    private const int ShortestStem = 4;

    private static readonly string[] Endings =
    [
        "amientos", "imientos", "amiento", "imiento", "aciones", "iciones", "uciones", "adoras", "adores", "ancias", "encias", "logias", "ieramos", "iesemos", "aremos", "eremos", "iremos",
        "abamos", "asteis", "isteis", "ariamos", "eriamos", "iriamos", "aramos", "asemos",
        "acion", "icion", "ucion", "adora", "adora", "ancia", "encia", "logia", "antes", "mente", "idades", "idad", "ieron", "ieran", "iesen", "iendo", "aron", "aran", "asen", "ando",
        "arian", "erian", "irian", "aban", "adas", "ados", "idas", "idos", "amos", "emos", "imos", "ador", "ante", "ible", "able", "ista", "ismo", "ivas", "ivos", "osas", "osos", "icas", "icos",
        "aria", "eria", "iria", "aste", "iste", "iera", "iese", "aban", "ciones", "siones",
        "cion", "sion", "aba", "ada", "ado", "ida", "ido", "ara", "ase", "era", "ian", "iva", "ivo", "osa", "oso", "ica", "ico", "ria", "rio", "ron", "ran", "ren", "ara",
        "ar", "er", "ir", "an", "en", "as", "es", "os", "ia", "io", "ie", "is", "a", "e", "o", "s", "n",
    ];

    // By their last letter: a word is stemmed for each of some hundred sentences of an answer.
    private static readonly ILookup<char, string> EndingsByLetter = Endings.ToLookup(ending => ending[^1]);

    internal static string Of(string folded)
    {
        if (folded.Length <= ShortestStem || char.IsAsciiDigit(folded[0]))
        {
            return folded;
        }

        foreach (var ending in EndingsByLetter[folded[^1]])
        {
            if (folded.Length - ending.Length >= ShortestStem && folded.EndsWith(ending, StringComparison.Ordinal))
            {
                return folded[..^ending.Length];
            }
        }

        return folded;
    }
}
