using System.Text.RegularExpressions;

namespace OgpBot.Archive.Answers;

/// <summary>What a text holds that may answer a kind of question: a date for «cuándo», a number for «cuántos», digits for a telephone.</summary>
internal sealed partial class AnswerShape(HashSet<string> kinds)
{
    internal static AnswerShape Of(string text)
    {
        // Years and numbers stand in addresses of pages too.
        var plain = Url().Replace(text, " ");
        var undated = Date().Replace(plain, " ");
        var kinds = new HashSet<string> { "who", "what", "which", "how", "yes_no" };
        void Note(bool holds, string kind)
        {
            if (holds)
            {
                kinds.Add(kind);
            }
        }

        Note(Date().IsMatch(plain), "when");
        Note(Number().IsMatch(undated), "how_many");
        Note(Place().IsMatch(plain) || Url().IsMatch(text), "where");
        Note(Cause().IsMatch(plain), "why");
        Note(Phone().IsMatch(plain), "phone");
        Note(plain.Contains('@', StringComparison.Ordinal), "email");
        Note(Street().IsMatch(plain) || Url().IsMatch(text), "address");
        return new AnswerShape(kinds);
    }

    internal bool Has(string kind) => kinds.Contains(kind);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Url();

    [GeneratedRegex(@"(\b\d{1,2}(\.º|º|°)? (de |y |al? )*)*\b(enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b( (de|del) \d{4})?|\b(19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{4}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Date();

    [GeneratedRegex(@"\d|\b(dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|veintidós|treinta|cien|mil|un par|ningun[oa]?|ningún|un[oa]? (persona|vez|representante|sola?))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(en|a) (el|la|los|las|línea|su)\b|\bvirtual", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(porque|debido|a causa|por falta|por el|por la|consecuencia|ya que|deriva|toda vez|para que|tras)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Cause();

    [GeneratedRegex(@"\d{2,4}[ -]?\d{3,4}[ -]?\d{4}|\b\d{4}[ -]\d{4}\b")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b(calle|col\.|colonia|núm|c\.p\.|piso)|\p{Lu}\p{Ll}+ \d{2,4}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Street();
}
