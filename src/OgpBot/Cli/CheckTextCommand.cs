using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Cli;

/// <summary><c>check-text</c>: what the criteria checks find in texts; one JSON line for each, in the same order.</summary>
internal static class CheckTextCommand
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Build()
    {
        var text = new Option<string?>("--text") { Description = "One text." };
        var jsonl = new Option<FileInfo?>("--jsonl") { Description = "A file with a line {\"text\": …} for each text; standard input if neither is given." };
        var check = new Command("check-text", "Show what the criteria checks find in a text.") { text, jsonl };
        check.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => CheckAsync(parsed.GetValue(text), parsed.GetValue(jsonl), cancellationToken)));
        return check;
    }

    private static async Task<int> CheckAsync(string? text, FileInfo? jsonl, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        var checks = program.Services.GetRequiredService<Lazy<CriteriaChecks>>().Value;
        await using var output = new BufferedStream(Console.OpenStandardOutput());
        if (text is not null)
        {
            Write(output, checks, text);
            return 0;
        }

        using var reader = jsonl is null ? Console.In : jsonl.OpenText();
        for (var line = 1; await reader.ReadLineAsync(cancellationToken) is { } json; line++)
        {
            Write(output, checks, TextIn(json, line));
        }

        return 0;
    }

    private static string TextIn(string json, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("text", out var text) && text.GetString() is { } found)
            {
                return found;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Told below, as a line without a text is.
        }

        throw new SettingsException($"Line {line} is not of the form {{\"text\": \"…\"}}.");
    }

    private static void Write(Stream output, CriteriaChecks checks, string written)
    {
        var text = new CheckedText(written);
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("criteria");
            foreach (var result in checks.Check(text, slot: null, CheckContext.None))
            {
                json.WriteStartObject();
                json.WriteString("id", result.Id);
                json.WriteString("outcome", Name(result.Outcome));
                json.WriteString("reason", result.Reason.In(LocalizedText.DefaultLanguage));
                WriteSpans(json, result.Spans);
                json.WriteNumber("confidence", result.Confidence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("axes");
            foreach (var axis in checks.Axes(text))
            {
                json.WriteStartObject();
                WriteAxis(json, axis.Axis);
                json.WriteNumber("confidence", axis.Confidence);
                WriteSpans(json, axis.Spans);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Name(CriterionOutcome outcome) => outcome switch
    {
        CriterionOutcome.Met => "met",
        CriterionOutcome.Doubt => "doubt",
        _ => "not_met",
    };

    // Axes of this city are numbered; another city may name them.
    private static void WriteAxis(Utf8JsonWriter json, string axis)
    {
        if (int.TryParse(axis, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber("axis", number);
        }
        else
        {
            json.WriteString("axis", axis);
        }
    }

    private static void WriteSpans(Utf8JsonWriter json, IReadOnlyList<TextSpan> spans)
    {
        json.WriteStartArray("spans");
        foreach (var span in spans)
        {
            json.WriteStartObject();
            json.WriteNumber("start", span.Start);
            json.WriteNumber("end", span.End);
            json.WriteString("text", span.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
