using System.Text.Json;

namespace OgpBot.Submissions;

/// <summary>
/// What the criteria checks noted of a submission, for people with a spreadsheet: <c>problem: offence (doubt, sent as it is)</c>. A mark is a hint to look
/// at, not a judgement.
/// </summary>
internal static class ReviewMarks
{
    /// <summary>The marks, and the citizen's reasons.</summary>
    internal static string[] Cells(string? checks)
    {
        if (checks is null)
        {
            return ["", ""];
        }

        using var json = JsonDocument.Parse(checks);
        var marks = json.RootElement.GetProperty("texts").EnumerateObject()
            .SelectMany(text => text.Value.GetProperty("marks").EnumerateArray().Select(mark => (Text: text.Name, Mark: mark))).ToList();
        return
        [
            string.Join("; ", marks.Select(mark => $"{mark.Text}: {Of(mark.Mark, "criterion")} ({(Of(mark.Mark, "outcome") == "not_met" ? "not met" : "doubt")}, sent as it is)")),
            string.Join("; ", marks.Select(mark => Of(mark.Mark, "reason")).Where(reason => reason is not null)),
        ];
    }

    private static string? Of(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
