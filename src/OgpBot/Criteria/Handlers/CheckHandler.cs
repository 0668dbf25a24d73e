using System.Security.Cryptography;
using System.Text;
using OgpBot.Calls;
using OgpBot.Criteria.Checks;
using OgpBot.Criteria.Reading;
using OgpBot.Dialogs;
using OgpBot.Llm;

namespace OgpBot.Criteria.Handlers;

/// <summary>
/// Checks one text of the draft and puts one doubt to the citizen: the first that she has not answered. A doubt that she answered is not put again.
/// <c>with: {slot: problem}</c> names the text; without it the text checked last is meant. A language model, where there is one, reads each text once.
/// </summary>
internal sealed class CheckHandler(Lazy<DialogLibrary> library, Lazy<CriteriaChecks> checks, LanguageModel model, ModelReader reader) : ICallHandler
{
    internal const string SlotChecked = "check_slot";
    internal const string Criterion = "check_criterion";
    internal const string Folio = "check_folio";

    private const int MostWords = 5;
    private const int LongestWords = 80;

    public CallContract Contract { get; } = new("criteria.check", ["met", "found"],
    [
        SlotChecked, Criterion, "check_name", "check_reason", "check_words", "check_masked", RewriteHandler.Offered, Folio, "check_filed",
        CheckRecord.Slot, "axis_likely", "axis_why",
    ]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var slot = call.With.GetValueOrDefault("slot") ?? call.Slots[SlotChecked];
        var record = CheckRecord.Read(call.Slots.GetValueOrDefault(CheckRecord.Slot), checks.Value.Version);
        var written = call.Slots.GetValueOrDefault(slot, "");

        // What was said of another text must not stay behind.
        var values = Contract.Values.Where(name => name.StartsWith("check_", StringComparison.Ordinal)).ToDictionary(name => name, _ => "");
        values[SlotChecked] = slot;
        if (written.Length == 0)
        {
            values[CheckRecord.Slot] = record.With(slot, null, checks.Value.Version).Write();
            return new CallResult("met") { Values = values };
        }

        var text = new CheckedText(written);
        var compared = new CheckContext(OtherTexts(call, slot, record), FiledTextsSlot.Read(call.Slots.GetValueOrDefault(FiledTextsSlot.Slot)));
        var fingerprint = Fingerprint(written);
        var inDanger = call.Slots.GetValueOrDefault(ReferralHandler.InDanger) == fingerprint;
        var results = checks.Value.Check(text, slot, compared);
        var known = record.Texts.GetValueOrDefault(slot) is { } last && last.Text == fingerprint ? last : null;
        var reading = known is { WasSent: true }
            ? ModelReading.Noted(text, known.Marks, checks.Value.ReadByModel(slot))
            : await reader.ReadAsync(text, slot, call.Language, call.Slots, results, compared, model.Begin(context.CitizenId), cancellationToken);
        var found = CriteriaChecks.Together(results, reading.Doubts)
            .Where(result => checks.Value.IsAsked(result) && !(inDanger && checks.Value.IsShared(result))).ToList();
        CheckMark[] marks = [.. found.Select(result =>
            known?.Marks.FirstOrDefault(mark => mark.Criterion == result.Id && mark.Kept) ?? CheckMark.Of(result, byModel: reading.Doubts.Contains(result)))];
        values[CheckRecord.Slot] = record.With(slot, new CheckedSlot(fingerprint, marks, reading.WasSent), checks.Value.Version).Write();
        SayAxes(text, slot, call.Language, values);
        var asked = marks.FirstOrDefault(mark => !mark.Kept);
        if (asked is null)
        {
            return new CallResult("met") { Values = values };
        }

        Say(found.First(result => result.Id == asked.Criterion), text, compared, call.Language, values);
        values[RewriteHandler.Offered] = reading.Rewrite;
        return new CallResult("found") { Values = values };
    }

    /// <summary>A short hash, by which one text is told from another without keeping it.</summary>
    internal static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static List<string> OtherTexts(Call call, string slot, CheckRecord record) =>
        [.. record.Texts.Keys.Where(other => other != slot).Select(other => call.Slots.GetValueOrDefault(other, "")).Where(text => text.Length > 0)];

    private void Say(CriterionResult result, CheckedText text, CheckContext compared, string language, Dictionary<string, string> values)
    {
        var criterion = library.Value.Consultation.Criteria.First(criterion => criterion.Id == result.Id);
        var filed = LikenessCheck.MostLike(text, compared);
        values[Criterion] = result.Id;
        values["check_name"] = criterion.Explanation.In(language).TrimEnd('.', ';');
        values["check_reason"] = result.Reason.In(language);
        values["check_words"] = Quoted(result.Spans);
        values["check_masked"] = checks.Value.Mask(text.Text, language) is var masked && masked == text.Text ? "" : masked;
        values[Folio] = filed?.Folio ?? "";
        values["check_filed"] = filed?.Text ?? "";
    }

    private void SayAxes(CheckedText text, string slot, string language, Dictionary<string, string> values)
    {
        var consultation = library.Value.Consultation;
        if (!consultation.Criteria.Any(criterion => criterion.Check == "topics" && (criterion.Slots.Count == 0 || criterion.Slots.Contains(slot))))
        {
            return;
        }

        var axes = checks.Value.Axes(text);
        values["axis_likely"] = string.Join(',', axes.Select(axis => axis.Axis));
        values["axis_why"] = string.Join(
            "; ", axes.Select(axis => $"{consultation.Axes.First(known => known.Id == axis.Axis).Title.In(language)} ({Quoted(axis.Spans)})"));
    }

    // The words themselves between « and », so that a text that is taken back is erased here too.
    private static string Quoted(IReadOnlyList<TextSpan> spans) =>
        string.Join(", ", spans.Select(span => span.Text).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords).Select(words => Excerpt.Quoted(words, LongestWords)));
}
