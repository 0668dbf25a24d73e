namespace OgpBot.Calls;

/// <summary>A secret that a message of the bot shows, and that is stored nowhere. The stored message holds <see cref="Place"/> where it goes.</summary>
public interface IMessageSecret
{
    /// <summary>Where the secret goes in a stored text: a character for private use. It is taken out of all that comes in.</summary>
    public const char Place = '\uE000';

    /// <summary>A stored message as it leaves: with the secret, or without it where there is none.</summary>
    /// <param name="extra">JSON: choices, progress and facts of the message.</param>
    (string? Text, string? Extra) Fill(string? text, string? extra);
}
