using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;

namespace OgpBot.Calls;

/// <summary>What a room holds of a citizen. Each room that holds anything tells all of it, and erases all of it, on her word.</summary>
public interface IHeldData
{
    Task<HeldData> TellAsync(Call call, CallContext context, CancellationToken cancellationToken);

    /// <summary>Erases it in the transaction of the turn; what must stay for the public record stays without a link to her.</summary>
    Task EraseAsync(DbContext database, CallContext context);
}

/// <summary>What is held, in words and as a copy for machines.</summary>
/// <param name="Name">The key of the copy among those of the other rooms.</param>
public sealed record HeldData(string Text, string Name, JsonNode Copy)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A copy as people and machines read it.</summary>
    public static string Write(JsonNode copy) => copy.ToJsonString(Readable);
}
