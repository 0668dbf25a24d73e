using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OgpBot.Pages;

/// <summary>A text that is sent to everyone in the form their browser takes. It is compressed once, when it is first asked for, as hard as can be.</summary>
internal sealed class CompressedText
{
    private const int BrotliQuality = 11;
    private const int BrotliWindow = 22;

    private readonly byte[] plain;
    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;
    private readonly string contentType;

    // Weak: one for all forms in which the text is sent.
    private readonly string entityTag;

    internal CompressedText(string text, string contentType)
    {
        this.contentType = contentType;
        plain = Encoding.UTF8.GetBytes(text);
        brotli = new Lazy<byte[]>(() => Brotli(plain));
        gzip = new Lazy<byte[]>(() => Gzip(plain));
        entityTag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(plain))[..16]}\"";
    }

    internal Task SendAsync(HttpContext http, string cacheControl)
    {
        http.Response.Headers.CacheControl = cacheControl;
        http.Response.Headers.Vary = "Accept-Encoding";
        http.Response.Headers.ETag = entityTag;
        if (http.Request.Headers.IfNoneMatch.Any(known => known?.Contains(entityTag, StringComparison.Ordinal) == true))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (body, encoding) = Choose(http.Request.Headers.AcceptEncoding.ToString());
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (encoding is not null)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private (byte[] Body, string? Encoding) Choose(string accepted)
    {
        // A weight of nought (`br;q=0`) means no; no browser sends one, but then plain is never wrong.
        var codings = accepted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(coding => !coding.Replace(" ", "", StringComparison.Ordinal).EndsWith(";q=0", StringComparison.Ordinal))
            .Select(coding => coding.Split(';')[0].Trim())
            .ToList();
        return codings.Contains("br") ? (brotli.Value, "br") : codings.Contains("gzip") ? (gzip.Value, "gzip") : (plain, null);
    }

    private static byte[] Brotli(byte[] plain)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, compressed, out var length, BrotliQuality, BrotliWindow)
            ? compressed[..length]
            : throw new InvalidOperationException("Brotli did not fit where it must.");
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }
}
