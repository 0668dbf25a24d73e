using OgpBot.Settings;

namespace OgpBot.Llm;

/// <summary>
/// Turns the language model off and on without a restart. The switch is the file <c>model.off</c> in the data directory.
/// It is looked for before each request. So the command line can switch a host that is running.
/// </summary>
internal sealed class ModelSwitch(OgpBotOptions options)
{
    private readonly string file = Path.Combine(Path.GetFullPath(options.DataDirectory), "model.off");

    internal bool IsOff => File.Exists(file);

    internal void TurnOff()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }

    internal void TurnOn() => File.Delete(file);
}
