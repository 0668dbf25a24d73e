using System.Text.Json.Nodes;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>A submission as its citizen reads it, and as a copy to keep.</summary>
internal sealed class SubmissionWords(Lazy<DialogLibrary> library)
{
    /// <summary>Texts of its own.</summary>
    internal static readonly string[] TextKeys = ["host.mine.whole", "host.mine.held", "host.mine.held_none"];

    internal string Whole(OwnSubmission own, string language) => Render("host.mine.whole", own, language);

    /// <summary>In short, among other data held.</summary>
    internal string Held(OwnSubmission own, string language) => Render("host.mine.held", own, language);

    internal JsonObject Copy(OwnSubmission own)
    {
        var submission = own.Submission;
        var copy = new JsonObject
        {
            ["folio"] = submission.Folio,
            ["received_at"] = Moment(submission.ReceivedAt),
            ["review_state"] = ReviewStates.Code(submission.ReviewState),
            ["channel"] = submission.Channel,
            ["language"] = submission.Language,
            ["axis"] = Axis(submission.Axis, LocalizedText.DefaultLanguage),
            ["scope"] = Scope(submission.Scope, LocalizedText.DefaultLanguage),
            ["borough"] = Borough(submission.Borough, LocalizedText.DefaultLanguage),
            ["place"] = submission.Place,
            ["problem"] = submission.Problem,
            ["proposal"] = submission.Proposal,
            ["also_said"] = submission.AlsoSaid,
            ["source"] = submission.Source,
            ["adds_to"] = submission.AddsTo,
            ["corrected_at"] = Moment(submission.CorrectedAt),
            ["withdrawn_at"] = Moment(submission.WithdrawnAt),
            ["own_fields"] = Own(submission.OwnFields, own.Contact?.OwnFields),
            ["criteria_marks"] = submission.Checks is null ? null : JsonNode.Parse(submission.Checks)!["texts"]!.DeepClone(),
            ["contact"] = own.Contact is null ? null : new JsonObject { ["name"] = own.Contact.Name, ["email"] = own.Contact.Email, ["phone"] = own.Contact.Phone },
            ["earlier_versions"] = new JsonArray([.. own.Versions.Select(version => new JsonObject
            {
                ["until"] = Moment(version.Until),
                ["axis"] = Axis(version.Axis, LocalizedText.DefaultLanguage),
                ["scope"] = Scope(version.Scope, LocalizedText.DefaultLanguage),
                ["borough"] = Borough(version.Borough, LocalizedText.DefaultLanguage),
                ["place"] = version.Place,
                ["problem"] = version.Problem,
                ["proposal"] = version.Proposal,
                ["own_fields"] = Own(version.OwnFields, null),
            })]),
        };
        foreach (var part in copy["earlier_versions"]!.AsArray().Select(version => version!.AsObject()).Append(copy).Where(part => part["own_fields"] is null))
        {
            part.Remove("own_fields");
        }

        return copy;
    }

    // Null where a city has no fields of its own: then its name need not stand in the copy.
    private JsonObject? Own(string? kept, string? contact)
    {
        var valueOf = OwnFields.Reader(kept, contact);
        var values = library.Value.OwnFields.Select(field => KeyValuePair.Create(field.Column, (JsonNode?)OwnFields.Say(library.Value, field, valueOf(field))))
            .Where(pair => pair.Value!.GetValue<string>().Length > 0).ToList();
        return values.Count == 0 ? null : new JsonObject(values);
    }

    private string Render(string key, OwnSubmission own, string language)
    {
        var (texts, submission) = (library.Value.Texts[language], own.Submission);
        return texts[key]!.Render(name => name switch
        {
            "folio" => submission.Folio,
            "date" => Day(submission.ReceivedAt, texts),
            "state" => ReviewStates.Name(submission.ReviewState, texts),
            "next" => ReviewStates.Next(submission.ReviewState, texts),
            "problem" => submission.Problem,
            "beginning" => MineHandler.Beginning(submission.Problem),
            "axis" => Axis(submission.Axis, language),
            "scope" => Scope(submission.Scope, language),
            "borough" => Borough(submission.Borough, language),
            "place" => submission.Place,
            "proposal" => submission.Proposal,
            "also_said" => submission.AlsoSaid,
            Form.OwnFields => library.Value.SayOwn(OwnFields.Reader(submission.OwnFields, own.Contact?.OwnFields), language),
            "contact" => string.Join(", ", new[] { own.Contact?.Name, own.Contact?.Email, own.Contact?.Phone }.OfType<string>()),
            "corrected" => submission.CorrectedAt is { } at ? Day(at, texts) : null,
            _ => library.Value.Constants.GetValueOrDefault(name)?.In(language),
        });
    }

    private string Day(DateTimeOffset moment, Texts texts) => LocalDates.InWords(LocalDates.DayOf(moment, library.Value.Consultation), texts);

    private string? Moment(DateTimeOffset? moment) => moment is { } at ? LocalDates.Stamp(at, library.Value.Consultation) : null;

    private string? Axis(string? id, string language) => library.Value.Consultation.Axes.FirstOrDefault(axis => axis.Id == id)?.Title.In(language);

    private string? Scope(string id, string language) => library.Value.Consultation.Scopes.FirstOrDefault(scope => scope.Value == id)?.Title.In(language);

    private string? Borough(string? id, string language) => library.Value.Consultation.Boroughs.FirstOrDefault(borough => borough.Value == id)?.Title.In(language);
}
