using System.Text.Json.Nodes;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>A submission as its citizen reads it, and as a copy to keep.</summary>
internal sealed class SubmissionWords(Lazy<DialogLibrary> library, Lazy<ReviewRules> rules)
{
    /// <summary>Texts of its own.</summary>
    internal static readonly string[] TextKeys =
        ["host.mine.whole", "host.mine.held", "host.mine.held_none", "host.mine.message_team", "host.mine.message_own"];

    private const string ContactPrefix = "contact_";

    internal string Whole(OwnSubmission own, string language) => Render("host.mine.whole", own, language);

    /// <summary>In short, among other data held.</summary>
    internal string Held(OwnSubmission own, string language) => Render("host.mine.held", own, language);

    internal JsonObject Copy(OwnSubmission own)
    {
        var submission = own.Submission;
        var valueOf = FieldValues.Of(submission, own.Contact);
        return new JsonObject(
        [
            new("folio", submission.Folio),
            new("received_at", Moment(submission.ReceivedAt)),
            new("review_state", ReviewStates.Code(submission.ToldState)),
            new("channel", submission.Channel),
            new("language", submission.Language),
            .. Fields(field => FieldValues.PropertyOf(field) is not null, valueOf),
            new("source", submission.Source),
            new("adds_to", submission.AddsTo),
            new("corrected_at", Moment(submission.CorrectedAt)),
            new("withdrawn_at", Moment(submission.WithdrawnAt)),
            .. Own(valueOf),
            new("criteria_marks", submission.Checks is null ? null : JsonNode.Parse(submission.Checks)!["texts"]!.DeepClone()),
            new("contact", own.Contact is null ? null : new JsonObject(Fields(field => field.Slot.StartsWith(ContactPrefix, StringComparison.Ordinal), valueOf, ContactPrefix))),
            new("earlier_versions", new JsonArray([.. own.Versions.Select(Copy)])),
            .. Answered(own),
        ]);
    }

    private JsonObject Copy(SubmissionVersion version)
    {
        var valueOf = FieldValues.Of(version);
        return new JsonObject([new("until", Moment(version.Until)), .. Fields(field => FieldValues.PropertyOf(field) is not null && field.Corrected, valueOf), .. Own(valueOf)]);
    }

    // Where the reviewers have said nothing yet, nothing of it stands in the copy.
    private IEnumerable<KeyValuePair<string, JsonNode?>> Answered(OwnSubmission own)
    {
        if (own.Decision is { } decision)
        {
            yield return new("decision", new JsonObject
            {
                ["state"] = ReviewStates.Code(decision.To),
                ["at"] = Moment(decision.PublishedAt),
                ["reason"] = ReasonOf(decision, LocalizedText.DefaultLanguage),
                ["words"] = decision.Words,
                ["duplicate_of"] = decision.DuplicateOf,
            });
        }

        if (own.Messages.Count > 0)
        {
            yield return new("messages", new JsonArray([.. own.Messages.Select(message => new JsonObject
            {
                ["from"] = message.By is null ? "citizen" : "team",
                ["at"] = Moment(message.At),
                ["text"] = message.Text,
            })]));
        }
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Fields(Func<FormField, bool> which, Func<FormField, string?> valueOf, string prefix = "") => library.Value.Form.Fields
        .Where(which).Select(field => KeyValuePair.Create(field.Column[prefix.Length..], (JsonNode?)library.Value.Say(field, valueOf(field), LocalizedText.DefaultLanguage)));

    // Where a city has no fields of its own, or none is filled, their name does not stand in the copy.
    private IEnumerable<KeyValuePair<string, JsonNode?>> Own(Func<FormField, string?> valueOf)
    {
        var values = Fields(field => library.Value.OwnFields.Contains(field) && valueOf(field) is not null, valueOf).ToList();
        return values.Count == 0 ? [] : [new(Form.OwnFields, new JsonObject(values))];
    }

    private string Render(string key, OwnSubmission own, string language)
    {
        var (texts, submission, valueOf) = (library.Value.Texts[language], own.Submission, FieldValues.Of(own.Submission, own.Contact));
        return texts[key]!.Render(name => name switch
        {
            "folio" => submission.Folio,
            "date" => Day(submission.ReceivedAt, texts),
            "state" => ReviewStates.Name(submission.ToldState, texts),
            "next" => ReviewStates.Next(submission.ToldState, texts),
            "beginning" => OwnListHandler.Beginning(submission.Problem),
            Form.OwnFields => library.Value.SayOwn(valueOf, language),
            "contact" => string.Join(", ", new[] { own.Contact?.Name, own.Contact?.Email, own.Contact?.Phone }.OfType<string>()),
            "reason" => ReasonOf(own.Decision, language),
            "words" => own.Decision?.Words,
            "other" => own.Decision?.DuplicateOf,
            "messages" => string.Join('\n', own.Messages.Select(message => Line(message, texts))),
            "corrected" => submission.CorrectedAt is { } at ? Day(at, texts) : null,
            _ when library.Value.Form.Of(name) is { } field => library.Value.Say(field, valueOf(field), language),
            _ => library.Value.Constants.GetValueOrDefault(name)?.In(language),
        });
    }

    private string? ReasonOf(Decision? decision, string language) =>
        decision?.Reason is { } reason ? rules.Value.ReasonOf(reason)?.Label.In(language) : null;

    private string Line(ReviewMessage message, Texts texts) => texts[message.By is null ? "host.mine.message_own" : "host.mine.message_team"]!
        .Render(name => name == "date" ? Day(message.At, texts) : message.Text);

    private string Day(DateTimeOffset moment, Texts texts) => LocalDates.InWords(LocalDates.DayOf(moment, library.Value.Consultation), texts);

    private string? Moment(DateTimeOffset? moment) => moment is { } at ? LocalDates.Stamp(at, library.Value.Consultation) : null;
}
