using System.Globalization;
using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Llm;

/// <summary>
/// Finds the facts in a text that can be compared with its source: dates, numbers, names and links.
/// A reply of the model may hold none that its source lacks. Such facts are the usual hallucinations of a model.
/// Other rules check the rest of a reply.
/// </summary>
internal sealed partial class VerifiableFacts
{
    private readonly VerificationWords words;
    private readonly Dictionary<string, int> months;
    private readonly Regex date;

    internal VerifiableFacts(VerificationWords words, IEnumerable<Texts> texts)
    {
        this.words = words;
        months = texts.SelectMany(text => LocalDates.MonthsOf(text).Select((month, at) => (Month: TextFold.Fold(month), Number: at + 1)))
            .DistinctBy(month => month.Month).ToDictionary(month => month.Month, month => month.Number);
        var names = string.Join('|', months.Keys.Select(Regex.Escape));

        // On folded text: «6 de septiembre de 2022», «6 September 2022», «September 6 2022», «septiembre de 2022».
        date = new Regex(
            $@"\b(?:(?<day>\d{{1,2}}) (?:de )?)?(?<month>{names})\b(?: (?<day2>\d{{1,2}})\b)?(?: (?:de |del )?(?<year>(?:19|20)\d\d)\b)?",
            RegexOptions.CultureInvariant);
    }

    /// <summary>The facts of a text that its source lacks, in the form in which they were compared.</summary>
    internal IReadOnlyList<string> NotIn(string text, string source) =>
    [
        .. DatesIn(text).Where(one => !DatesIn(source).Any(other => other.Covers(one))).Select(one => one.ToString()),
        .. NumbersIn(text).Except(NumbersIn(source)),
        .. NamesIn(text).Except(TextFold.Fold(source).Split(' ')),
        .. LinksIn(text).Where(link => !source.Contains(link, StringComparison.Ordinal)),
    ];

    /// <summary>Whether a text holds an address, a link, markup or invisible characters.</summary>
    internal static bool HasMarkup(string text) => LinksIn(text).Any() || text.Any(sign => Signs.Contains(sign, StringComparison.Ordinal) || IsUnseen(sign));

    private const string Signs = "<>[]{}`|\\#*_~^=";

    private static bool IsUnseen(char sign) => char.GetUnicodeCategory(sign)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static IEnumerable<string> LinksIn(string text) => Link().Matches(text).Select(match => match.Value);

    private List<Day> DatesIn(string text) =>
    [
        .. date.Matches(TextFold.Fold(text)).Select(match => new Day(
            Number(match.Groups["day"]) ?? Number(match.Groups["day2"]), months[match.Groups["month"].Value], Number(match.Groups["year"]))),
    ];

    private HashSet<string> NumbersIn(string text)
    {
        var found = Figure().Matches(text).Select(match => Plain(match.Value)).ToHashSet();
        found.UnionWith(TextFold.Fold(text).Split(' ').Select(words.NumberOf).OfType<string>());
        return found;
    }

    // Months are compared as dates. English writes them with a capital letter.
    private IEnumerable<string> NamesIn(string text) => Capital().Matches(text)
        .Select(match => (Word: TextFold.Fold(match.Value), Begins: Begins(text, match.Index)))
        .Where(name => name.Word.Length > 0 && !months.ContainsKey(name.Word) && !(name.Begins && words.MayBegin(name.Word)))
        .Select(name => name.Word).Distinct();

    private static bool Begins(string text, int at)
    {
        while (at > 0 && !char.IsLetterOrDigit(text[at - 1]))
        {
            at--;
            if (text[at] is '.' or '!' or '?' or ':')
            {
                return true;
            }
        }

        return at == 0;
    }

    // «1,234» and «1 234» are 1234; «3,5» is 3.5.
    private static string Plain(string figure) =>
        Grouped().IsMatch(figure) ? string.Concat(figure.Where(char.IsAsciiDigit))
        : figure.Replace(',', '.').TrimStart('0') is { Length: > 0 } plain ? plain
        : "0";

    private static int? Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    // An address, or two words with a full stop between them.
    [GeneratedRegex(@"\S*(?:://|www\.|@)\S*|\b[\p{L}\d-]{2,}\.\p{L}{2,}\S*")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!\d)\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\A\d{1,3}(?:[., ]\d{3})+\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"(?<![\p{L}\d])\p{Lu}[\p{L}\d]*")]
    private static partial Regex Capital();

    private sealed record Day(int? Number, int Month, int? Year)
    {
        // A period often tells the year only at its end. A year that is missing here is compared as a number.
        internal bool Covers(Day other) => Month == other.Month && (other.Number is null || other.Number == Number)
            && (other.Year is null || Year is null || other.Year == Year);

        public override string ToString() => $"{Number}/{Month}/{Year}";
    }
}
