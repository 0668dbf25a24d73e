using System.Text.RegularExpressions;

namespace OgpBot.Archive.Answers;

/// <summary>What a sentence must hold to answer a kind of question: a date for «cuándo», a number for «cuántos», a name for «quién».</summary>
internal static partial class AnswerShape
{
    internal static bool Fits(IReadOnlyList<string> asks, string sentence)
    {
        // Years stand in addresses of pages too.
        var text = Address().Replace(sentence, " ");
        return asks.Count == 0 || asks.Any(kind => kind switch
        {
            "when" => Date().IsMatch(text),
            "how_many" => Number().IsMatch(text),
            "who" => Name().IsMatch(text),
            _ => true,
        });
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|(19|20)\d\d)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Date();

    [GeneratedRegex(@"\d|\b(un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cien|mil)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{Lu}\p{Ll}+")]
    private static partial Regex Name();
}
