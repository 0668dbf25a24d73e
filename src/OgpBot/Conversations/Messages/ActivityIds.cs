using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OgpBot.Conversations.Messages;

/// <summary>Ids of activities as channels see them: <c>conversation|0000012</c>.</summary>
public static class ActivityIds
{
    private const int LongestKept = 100;

    public static string Write(string conversationId, int seq) => string.Create(CultureInfo.InvariantCulture, $"{conversationId}|{seq:D7}");

    /// <summary>A client's id as it is kept: what is too long is known by its hash.</summary>
    public static string Keep(string id) => id.Length <= LongestKept ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
