namespace OgpBot.Tests.Support;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("ogpbot-test-").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A copy of the shipped dialogs, to change.</summary>
    internal string CopyDialogs()
    {
        var copy = Directory.CreateDirectory(File("dialogs")).FullName;
        foreach (var file in Directory.GetFiles(Repository.Dialogs))
        {
            System.IO.File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)), overwrite: true);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
