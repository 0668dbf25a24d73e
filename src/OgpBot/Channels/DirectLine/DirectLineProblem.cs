using System.Text.Json.Serialization;

namespace OgpBot.Channels.DirectLine;

/// <summary>An error of the protocol, with the status it is answered with. The one list of all that the channel says no with.</summary>
public sealed class DirectLineProblem(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    internal static DirectLineProblem NoToken() => new(401, "Unauthorized", "An Authorization header with a bearer token is needed.");

    internal static DirectLineProblem WrongToken() => new(403, "BadToken", "The token is not valid here.");

    internal static DirectLineProblem UnknownToken() => new(401, "BadToken", "The token is not one of the issuer's for this bot, or it has expired.");

    internal static DirectLineProblem ExpiredToken() => new(403, "TokenExpired", "The token has expired.");

    internal static DirectLineProblem WrongSecret() => new(403, "BadSecret", "The secret is not valid, or none is set.");

    internal static DirectLineProblem WrongUserId() => new(400, "BadUserId", "A user id must begin with dl_.");

    internal static DirectLineProblem NotFound() => new(404, "NotFound", "There is no such conversation.");

    internal static DirectLineProblem OtherText() => new(409, "Conflict", "Another text was sent with this channelData.clientActivityID. Send it with an id of its own.");

    internal static DirectLineProblem MalformedJson() => new(400, "MalformedData", "The body is not valid JSON.");

    internal static DirectLineProblem NoType() => new(400, "MissingProperty", "An activity needs a type.");

    internal static DirectLineProblem NoAddress() => new(400, "MissingProperty", "An activity needs a channelId, a conversation with an id, and a serviceUrl that is an address.");

    internal static DirectLineProblem BadWatermark() => new(400, "BadWatermark", "The watermark is not a number that this conversation gave.");

    internal static DirectLineProblem NoSocket() => new(400, "BadArgument", "The stream is a WebSocket.");

    internal static DirectLineProblem BadUpload() => new(400, "MalformedData", "An upload is multipart/form-data with a part named activity.");

    internal static DirectLineProblem BadQuestion(int longest) => new(400, "BadQuestion", $"A question has 1 to {longest} characters.");

    internal static DirectLineProblem TooLarge() => new(413, "TooLarge", "The body is too large.");

    internal static DirectLineProblem TooMany() => new(429, "TooManyRequests", "Too many requests from this address. Try again in a minute.");

    internal static DirectLineProblem NotAnsweredYet() => new(503, "NotAnsweredYet", "It is kept, but not answered yet. Send it again for the replies.");

    internal static DirectLineProblem NotKept(string message) => new(503, "NotKept", message);
}

internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(string Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ErrorJson : JsonSerializerContext;
