using OgpBot.Settings;

namespace OgpBot.Llm;

/// <summary>
/// Turns the language model off alone, at once and without a restart: a file in the data directory, looked for at each use, so that a command reaches a
/// host that runs.
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
