using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OgpBot.Http;

namespace OgpBot.Channels.DirectLine;

/// <summary>The activity in a multipart upload: a part named <c>activity</c>. All other parts are dropped unread.</summary>
internal static class UploadedActivity
{
    // A phone's photo must not be refused before the citizen can be told that only text is read.
    private const long LongestUpload = 30 * 1024 * 1024;

    /// <returns>Null where there is no such part.</returns>
    internal static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LongestUpload;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw HttpProblem.BadUpload();
        }

        try
        {
            var parts = new MultipartReader(boundary, http.Request.Body);
            byte[]? activity = null;
            while (await parts.ReadNextSectionAsync(http.RequestAborted) is { } part)
            {
                if (activity is null && part.GetContentDispositionHeader()?.Name.Value?.Trim('"') == "activity")
                {
                    activity = await ReadAsync(part.Body, http.RequestAborted);
                }
            }

            return activity;
        }
        catch (Exception error) when (error is not BadHttpRequestException and (IOException or InvalidDataException))
        {
            throw HttpProblem.BadUpload();
        }
    }

    private static async Task<byte[]> ReadAsync(Stream part, CancellationToken cancellationToken)
    {
        var buffer = new byte[HttpRequests.LongestBody + 1];
        var length = await part.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= HttpRequests.LongestBody ? buffer[..length] : throw HttpProblem.TooLarge();
    }
}
