using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Reading;

/// <summary>
/// What of a citizen's words may go to a language model: the words themselves, without what has the form of personal data, without the contact data that
/// she gave, and without a folio, which is the key to a submission.
/// </summary>
internal sealed class SafeText(Lazy<CriteriaChecks> checks, Lazy<DialogLibrary> library)
{
    private const string Left = "…";
    private const string Contact = "contact_";

    // Shorter ones stand in many words.
    private const int ShortestContact = 3;

    // However it is written: the letters that make it one stand in Submissions.
    private readonly Lazy<Regex> folio = new(() => new Regex(
        $@"\b{Regex.Escape(library.Value.Consultation.FolioPrefix)}(?:[\s\-–_.]*[0-9A-Z]){{8,9}}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));

    internal string Of(string text, string language, IReadOnlyDictionary<string, string> slots)
    {
        var safe = folio.Value.Replace(text, Left);
        foreach (var contact in slots.Where(slot => slot.Key.StartsWith(Contact, StringComparison.Ordinal) && slot.Value.Length >= ShortestContact))
        {
            safe = safe.Replace(contact.Value, Left, StringComparison.OrdinalIgnoreCase);
        }

        return checks.Value.Mask(safe, language);
    }
}
