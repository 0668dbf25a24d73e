using System.Globalization;

namespace OgpBot.Conversations;

/// <summary>Ids of activities as channels see them: <c>conversation|0000012</c>.</summary>
public static class ActivityIds
{
    public static string Write(string conversationId, int seq) => string.Create(CultureInfo.InvariantCulture, $"{conversationId}|{seq:D7}");
}
