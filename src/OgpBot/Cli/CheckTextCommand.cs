using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Cli;

/// <summary><c>check-text</c>: what the criteria checks find in texts; one JSON line for each, in the same order.</summary>
internal static class CheckTextCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        var found = new
        {
            Criteria = checks.Check(text, slot: null, CheckContext.None).Select(result => new
            {
                result.Id,
                Outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString()),
                Reason = result.Reason.In(LocalizedText.DefaultLanguage),
                result.Spans,
                result.Confidence,
            }),
            Axes = checks.Axes(text).Select(axis => new { Axis = Numbered(axis.Axis), axis.Confidence, axis.Spans }),
        };
        JsonSerializer.Serialize(output, found, Readable);
        output.WriteByte((byte)'\n');
    }

    // Axes of this city are numbered; another city may name them.
    private static object Numbered(string axis) => int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : axis;
}
