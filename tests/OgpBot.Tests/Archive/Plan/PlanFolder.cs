using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive.Plan;

/// <summary>An archive folder of a test's own.</summary>
internal static class PlanFolder
{
    private static int edits;

    /// <summary>A copy of what is shipped, to change.</summary>
    internal static string Copy(TemporaryFolder folder)
    {
        foreach (var file in Directory.GetFiles(Repository.Archive, "*.yaml"))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        return folder.Path;
    }

    /// <summary>A folder with one source, <c>memo</c>.</summary>
    internal static void Write(TemporaryFolder folder, string process)
    {
        File.WriteAllText(folder.File("sources.yaml"), "- {id: memo, file: f, title: 'Memo, long', short: Memo, publisher: P, date: '2023', url: '', sha256: '0'}\n");
        File.WriteAllText(folder.File("process.yaml"), process);
    }

    /// <summary>An edit, with a time of its own: two within one tick of the disk's clock would look like none.</summary>
    internal static void Edit(string file, string text)
    {
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(Interlocked.Increment(ref edits)));
    }

    internal static void Replace(string file, string from, string to)
    {
        var text = File.ReadAllText(file);
        text.ShouldContain(from);
        Edit(file, text.Replace(from, to, StringComparison.Ordinal));
    }
}
