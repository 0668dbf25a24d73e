using System.Globalization;

namespace OgpBot.Dialogs;

/// <summary>The facts of a consultation that any text may show, such as <c>{consultation}</c> or <c>{office_email}</c>.</summary>
internal static class ConsultationFacts
{
    internal static IReadOnlyDictionary<string, LocalizedText> Of(
        Consultation consultation, IReadOnlyList<Texts> texts, IReadOnlyDictionary<string, string> hostFacts)
    {
        var criteria = consultation.Criteria.Where(criterion => !criterion.HelpOnly).ToList();
        var facts = new Dictionary<string, LocalizedText>
        {
            ["consultation"] = consultation.Title,
            ["criteria"] = InEach(texts, language => string.Join('\n', criteria.Select(criterion => $"• {criterion.Explanation.In(language.Language)}"))),
            ["axes_explained"] = InEach(texts, language => string.Join(
                '\n', consultation.Axes.Select(axis => $"• {axis.Title.In(language.Language)}: {axis.Explanation.In(language.Language)}"))),
            ["answer_by"] = InEach(texts, language => consultation.AnswerBy is { } day ? LocalDates.InWords(day, language) : ""),
            ["open_until"] = InEach(texts, language => consultation.Closes is { } end
                ? language["date.until"]?.Render(_ => LocalDates.InWords(LocalDates.LastDayBefore(end, consultation), language)) ?? ""
                : language.Plain("date.no_end")),
        };
        facts["retention_days"] = LocalizedText.Same(consultation.Privacy.RetentionDays.ToString(CultureInfo.InvariantCulture));
        foreach (var (kind, text) in consultation.Contact)
        {
            facts[$"office_{kind}"] = text;
        }

        foreach (var (name, value) in hostFacts)
        {
            facts[name] = LocalizedText.Same(value);
        }

        return facts;
    }

    private static LocalizedText InEach(IReadOnlyList<Texts> texts, Func<Texts, string> textIn) =>
        LocalizedText.Of(texts.ToDictionary(language => language.Language, textIn));
}
