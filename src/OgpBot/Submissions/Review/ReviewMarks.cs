using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OgpBot.Submissions.Review;

/// <summary>
/// What the criteria checks noted of a submission, for people with a spreadsheet: <c>problem: offence (doubt, sent as it is)</c>. A mark is a hint to look
/// at, not a judgement.
/// </summary>
internal static class ReviewMarks
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Those of some texts: a correction of an earlier submission may have been looked at meanwhile.</summary>
    internal static string? Only(string? checks, params string[] texts)
    {
        if (checks is null)
        {
            return null;
        }

        var json = JsonNode.Parse(checks)!;
        var kept = json["texts"]!.AsObject();
        foreach (var other in kept.Select(text => text.Key).Except(texts).ToList())
        {
            kept.Remove(other);
        }

        foreach (var (_, text) in kept)
        {
            Forget(text!);
        }

        return json.ToJsonString(Readable);
    }

    /// <summary>Those of a submission after a text was corrected: that text's are the new one's, which stand among <paramref name="found"/> under another name.</summary>
    internal static string? Corrected(string? checks, string text, string? found, string foundAs)
    {
        var json = JsonNode.Parse(found ?? checks ?? "null")?.DeepClone();
        if (json is null)
        {
            return null;
        }

        var before = checks is null ? null : JsonNode.Parse(checks)!["texts"]!.AsObject();
        var texts = new JsonObject(before?.Where(mark => mark.Key != text).Select(mark => KeyValuePair.Create(mark.Key, mark.Value?.DeepClone())) ?? []);
        if (found is not null && json["texts"]![foundAs] is { } marks)
        {
            texts[text] = marks.DeepClone();
            Forget(texts[text]!);
        }

        json["texts"] = texts;
        return json.ToJsonString(Readable);
    }

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

    /// <summary>The marks one by one, with the places of the words in the text.</summary>
    internal static IReadOnlyList<ReviewMark> Of(string? checks)
    {
        if (checks is null)
        {
            return [];
        }

        using var json = JsonDocument.Parse(checks);
        return [.. json.RootElement.GetProperty("texts").EnumerateObject().SelectMany(text => text.Value.GetProperty("marks").EnumerateArray().Select(mark => new ReviewMark(
            text.Name,
            Of(mark, "criterion") ?? "",
            Of(mark, "outcome") == "not_met",
            mark.TryGetProperty("places", out var places) ? [.. places.EnumerateArray().Select(place => (place[0].GetInt32(), place[1].GetInt32()))] : [],
            Of(mark, "reason"),
            mark.TryGetProperty("by_model", out var byModel) && byModel.GetBoolean())))];
    }

    // Whether a language model was asked about a text says nothing of it.
    private static void Forget(JsonNode text) => text.AsObject().Remove("was_sent");

    private static string? Of(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>A doubt that a check noted of a text before anyone read it.</summary>
/// <param name="Text">The slot of the text.</param>
/// <param name="Criterion">The id of the criterion.</param>
/// <param name="IsNotMet">Whether the check found it not met; else it doubts.</param>
/// <param name="Places">Beginning and end of the words in the text, in UTF-16 units.</param>
/// <param name="Reason">Why the citizen sent it as it is, in her words.</param>
/// <param name="ByModel">Whether a language model alone raised it.</param>
internal sealed record ReviewMark(string Text, string Criterion, bool IsNotMet, IReadOnlyList<(int Begin, int End)> Places, string? Reason, bool ByModel);
