using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Reading;

/// <summary>
/// A citizen's words as they may be sent to a language model. What has the form of personal data is masked; the contact data that she gave, folios and
/// their keys are left out.
/// </summary>
internal sealed class RedactedText(Lazy<CriteriaChecks> checks, Lazy<DialogLibrary> library)
{
    private const string Left = "…";

    // Shorter values stand in many words.
    private const int Shortest = 3;

    // What a citizen gave of herself, and the key to what she filed.
    private static readonly string[] Private = ["contact_name", "contact_email", "contact_phone", "new_name", "new_email", "new_phone", "mine_key"];

    // A folio or the key to one, however it is written: which letters make it one stands in Submissions.
    private readonly Lazy<Regex> keys = new(() => new Regex(
        $@"\b{Regex.Escape(library.Value.Consultation.FolioPrefix)}(?:[\s\-–_.]*[0-9A-Z]){{8,9}}|\b[0-9A-Z]{{4}}(?:[\-–_.][0-9A-Z]{{4}}){{3}}\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));

    internal string Of(string text, string language, IReadOnlyDictionary<string, string> slots)
    {
        var safe = keys.Value.Replace(text, Left);
        foreach (var given in Private.Select(name => slots.GetValueOrDefault(name, "")).Where(value => value.Length >= Shortest))
        {
            safe = safe.Replace(given, Left, StringComparison.OrdinalIgnoreCase);
        }

        return checks.Value.Mask(safe, language);
    }
}
