using System.Buffers;

namespace OgpBot.Http;

/// <summary>Reads what several endpoints need of a request.</summary>
internal static class HttpRequests
{
    /// <summary>Bytes of a body.</summary>
    internal const int LongestBody = 256 * 1024;

    /// <summary>
    /// Bytes that are read of a body. The rest of a body that is too long is read and dropped. Otherwise a client that is still sending never sees the 413, and
    /// sends again.
    /// </summary>
    internal const int LongestHeardOut = 4 * LongestBody;

    /// <summary>The token of the Authorization header, or null.</summary>
    internal static string? Bearer(this HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }

    /// <summary>The whole body; empty where there is none.</summary>
    /// <exception cref="HttpProblem">It is longer than <see cref="LongestBody"/>.</exception>
    internal static async Task<byte[]> BodyAsync(this HttpContext http)
    {
        if (http.Request.ContentLength > LongestBody)
        {
            throw HttpProblem.TooLarge();
        }

        var pipe = http.Request.BodyReader;
        while (true)
        {
            var read = await pipe.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > LongestBody)
            {
                pipe.AdvanceTo(read.Buffer.End);
                throw HttpProblem.TooLarge();
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                pipe.AdvanceTo(read.Buffer.End);
                return body;
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
