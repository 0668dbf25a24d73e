namespace OgpBot.Dialogs;

/// <summary>One message of the bot, before a channel gives it its form.</summary>
public sealed record Activity(string Text)
{
    /// <summary>The labels of the buttons under it, in order; typed instead of pressed they count the same.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Where a guided dialog stands, or null outside one.</summary>
    public Progress? Progress { get; init; }

    /// <summary>Facts for a channel that can show more than text, such as the folio to copy.</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; init; }
}

/// <summary>"Step 3 of 9".</summary>
public sealed record Progress(int Step, int Of);
