using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OgpBot.Archive.Documents;

/// <summary>
/// Reads the text of <c>.pdf</c> files through <c>pdftotext</c> of poppler-utils, a program of its own: what breaks it does not break us. It ends each page with a
/// form feed.
/// </summary>
internal static class PdfText
{
    internal const string Program = "pdftotext";

    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    internal static async Task<string> ReadAsync(byte[] bytes, string program, TimeSpan longest, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ogpbot-pdf-");
        try
        {
            var file = Path.Combine(folder.FullName, "document.pdf");
            await File.WriteAllBytesAsync(file, bytes, cancellationToken);
            using var process = Start(program, file);
            try
            {
                return await OutputOfAsync(process, longest, cancellationToken);
            }
            finally
            {
                Stop(process);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string program, string file)
    {
        var start = new ProcessStartInfo(program, ["-layout", "-enc", "UTF-8", "-q", file, "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new UnreadableDocumentException("PDF files need `pdftotext` (poppler-utils), which is not installed here; install it, or add the document as .docx, .html or .txt");
        }
    }

    private static async Task<string> OutputOfAsync(Process process, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            var problem = ReadAsync(process.StandardError, mostIsEnough: true, limit.Token);
            var text = await ReadAsync(process.StandardOutput, mostIsEnough: false, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? text : throw new UnreadableDocumentException(Explain(process.ExitCode, await problem));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnreadableDocumentException($"`{Program}` did not read it within {longest.TotalSeconds:0} seconds");
        }
    }

    // As much as a document may have; of complaints the first are enough.
    private static async Task<string> ReadAsync(StreamReader reader, bool mostIsEnough, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[16 * 1024];
        var most = mostIsEnough ? buffer.Length : TextBlocks.Longest;
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (text.Length + read <= most)
            {
                text.Append(buffer, 0, read);
            }
            else if (!mostIsEnough)
            {
                throw new UnreadableDocumentException($"it has more than {TextBlocks.Longest / 1_000_000} million characters");
            }
        }

        return text.ToString();
    }

    // Exit codes: https://www.xpdfreader.com/pdftotext-man.html. A password is a failure to open, told only in words.
    private static string Explain(int exitCode, string problem) => exitCode switch
    {
        _ when problem.Contains("assword", StringComparison.Ordinal) => "it is protected by a password; add a copy without one",
        3 => "its author does not allow its text to be copied",
        _ => "it is no PDF file, or it is broken",
    };

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
