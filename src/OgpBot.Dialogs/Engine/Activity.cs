namespace OgpBot.Dialogs;

/// <summary>One message of the bot, before a channel gives it its form. The name is Bot Framework's.</summary>
public sealed record Activity(string Text)
{
    /// <summary>The labels of the buttons under it, in order. A label that is typed counts as one that is pressed.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Where a guided dialog stands, or null outside one.</summary>
    public Progress? Progress { get; init; }

    /// <summary>Values for a channel that can show more than text, such as the folio to copy.</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; init; }
}

/// <summary>How far a guided dialog has come: "Step 3 of 9". Both numbers begin at 1.</summary>
public sealed record Progress(int Step, int Of);
