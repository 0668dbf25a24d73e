using System.Text.Json.Serialization;

namespace OgpBot.Http;

/// <summary>A refusal of a request, in the form that Direct Line 3.0 gives an error. Here is the one list of all that the program says no with.</summary>
public sealed class HttpProblem(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; } = status;

    /// <summary>For programs; the message is for people.</summary>
    public string Code { get; } = code;

    internal static HttpProblem NoToken() => new(401, "Unauthorized", "An Authorization header with a bearer token is needed.");
    internal static HttpProblem WrongToken() => new(403, "BadToken", "The token is not valid here.");
    internal static HttpProblem UnknownToken() => new(401, "BadToken", "The token is not one of the issuer's for this bot, or it has expired.");
    internal static HttpProblem ExpiredToken() => new(403, "TokenExpired", "The token has expired.");
    internal static HttpProblem WrongSecret() => new(403, "BadSecret", "The secret is not valid, or none is set.");
    internal static HttpProblem WrongUserId() => new(400, "BadUserId", "A user id must begin with dl_.");
    internal static HttpProblem NotFound() => new(404, "NotFound", "There is no such conversation.");
    internal static HttpProblem OtherText() =>
        new(409, "Conflict", "Another text was sent with this channelData.clientActivityID. Send it with an id of its own.");
    internal static HttpProblem MalformedJson() => new(400, "MalformedData", "The body is not valid JSON.");
    internal static HttpProblem NoType() => new(400, "MissingProperty", "An activity needs a type.");
    internal static HttpProblem NoAddress() =>
        new(400, "MissingProperty", "An activity needs a channelId, a conversation with an id, and a serviceUrl that is an address.");
    internal static HttpProblem BadWatermark() => new(400, "BadWatermark", "The watermark is not a number that this conversation gave.");
    internal static HttpProblem NoSocket() => new(400, "BadArgument", "The stream is a WebSocket.");
    internal static HttpProblem BadUpload() => new(400, "MalformedData", "An upload is multipart/form-data with a part named activity.");
    internal static HttpProblem BadQuestion(int longest) => new(400, "BadQuestion", $"A question has 1 to {longest} characters.");
    internal static HttpProblem TooLarge() => new(413, "TooLarge", "The body is too large.");
    internal static HttpProblem TooMany() => new(429, "TooManyRequests", "Too many requests from this address. Try again in a minute.");
    internal static HttpProblem NotAnsweredYet() => new(503, "NotAnsweredYet", "It is kept, but not answered yet. Send it again for the replies.");
    internal static HttpProblem NotKept(string message) => new(503, "NotKept", message);
}

internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(string Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ErrorJson : JsonSerializerContext;
