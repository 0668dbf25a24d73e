using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;

namespace OgpBot.Calls;

/// <summary>
/// The personal data that a room holds about a citizen. At her request the room shows all of it, or erases all of it.
/// These are the rights of access and erasure.
/// </summary>
public interface IPersonalData
{
    Task<PersonalData> TellAsync(Call call, CallContext context, CancellationToken cancellationToken);

    /// <summary>Erases it in the transaction of the turn. What belongs to the public record stays, without a link to her.</summary>
    Task EraseAsync(DbContext database, CallContext context);
}

/// <summary>What a room holds about a citizen.</summary>
/// <param name="Text">In words.</param>
/// <param name="Name">The room's key in the copy of all data.</param>
/// <param name="Copy">As JSON, for machines.</param>
public sealed record PersonalData(string Text, string Name, JsonNode Copy)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a copy as indented JSON with accents as they are.</summary>
    public static string Write(JsonNode copy) => copy.ToJsonString(Readable);
}
