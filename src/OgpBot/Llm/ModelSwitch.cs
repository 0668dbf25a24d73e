using OgpBot.Settings;
using OgpBot.Switches;

namespace OgpBot.Llm;

/// <summary>
/// Turns the language model off and on without a restart. The switch is the file <c>model.off</c> in the data directory.
/// It is looked for before each request. So the command line can switch a host that is running. Staff turn it off by a switch of the desk.
/// </summary>
internal sealed class ModelSwitch(OgpBotOptions options, SwitchBoard switches)
{
    private readonly string file = Path.Combine(Path.GetFullPath(options.DataDirectory), "model.off");

    internal bool IsOff => File.Exists(file) || switches.ReasonOf(SwitchBoard.Model) is not null;

    internal void TurnOff()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }

    internal void TurnOn() => File.Delete(file);
}
