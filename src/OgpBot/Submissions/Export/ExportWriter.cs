using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;

namespace OgpBot.Submissions.Export;

/// <summary>Writes exported rows as they come: CSV (RFC 4180, UTF-8 with BOM), JSON or JSON Lines.</summary>
public static class ExportWriter
{
    public static readonly IReadOnlyList<string> Formats = ["csv", "json", "jsonl"];

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>How many rows were written.</returns>
    public static Task<int> WriteAsync(
        string format, Stream output, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<string>> rows, CancellationToken cancellationToken) => format switch
        {
            "csv" => WriteCsvAsync(output, columns, rows, cancellationToken),
            "json" => WriteJsonAsync(output, columns, rows, asLines: false, cancellationToken),
            "jsonl" => WriteJsonAsync(output, columns, rows, asLines: true, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format"),
        };

    private static async Task<int> WriteCsvAsync(
        Stream output, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<string>> rows, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true);
        var count = -1;
        await foreach (var row in rows.Prepend(columns).WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync([.. row.Select(SafeCell.Write)], cancellationToken);
            count++;
        }

        return count;
    }

    private static async Task<int> WriteJsonAsync(
        Stream output, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<string>> rows, bool asLines, CancellationToken cancellationToken)
    {
        var count = 0;
        await output.WriteAsync(asLines ? ReadOnlyMemory<byte>.Empty : "["u8.ToArray(), cancellationToken);
        await using var json = new Utf8JsonWriter(output, Readable);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(asLines ? "" : count > 0 ? ",\n" : "\n"), cancellationToken);
            json.WriteStartObject();
            for (var at = 0; at < columns.Count; at++)
            {
                json.WriteString(columns[at], row[at]);
            }

            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
            json.Reset();
            await output.WriteAsync(asLines ? "\n"u8.ToArray() : ReadOnlyMemory<byte>.Empty, cancellationToken);
            count++;
        }

        await output.WriteAsync(asLines ? ReadOnlyMemory<byte>.Empty : "\n]\n"u8.ToArray(), cancellationToken);
        return count;
    }
}
