using System.Text;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// A conversation as a text, which people read and tests compare. Lines of the citizen begin with <c>&gt;</c>, lines of the bot with <c>&lt;</c>. Its buttons
/// stand in brackets.
/// </summary>
public sealed class Transcript
{
    private readonly StringBuilder text = new();

    public void AddCitizen(string said) => Add('>', said);

    public void AddBot(string said, IReadOnlyList<string> choices)
    {
        Add('<', said);
        if (choices.Count > 0)
        {
            text.Append("<   ").AppendJoin(' ', choices.Select(choice => $"[{choice}]")).Append('\n');
        }
    }

    public override string ToString() => text.ToString();

    private void Add(char who, string said)
    {
        var mark = who;
        foreach (var line in said.Split('\n'))
        {
            text.Append($"{mark} {line}".TrimEnd()).Append('\n');
            mark = '|';
        }
    }
}
