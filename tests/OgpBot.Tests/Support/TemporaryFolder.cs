using System.Text;

namespace OgpBot.Tests.Support;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("ogpbot-test-").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A copy of the shipped dialogs, to change.</summary>
    internal string CopyDialogs()
    {
        var copy = File("dialogs");
        foreach (var file in Directory.GetFiles(Repository.Dialogs, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(Repository.Dialogs, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            System.IO.File.Copy(file, target, overwrite: true);
        }

        return copy;
    }

    /// <summary>How often a text is in the database as the disk holds it: file, log and index of the log.</summary>
    internal async Task<int> CountInDatabaseAsync(string text)
    {
        var count = 0;
        var mark = Encoding.UTF8.GetBytes(text);
        foreach (var path in Directory.GetFiles(Path, "ogpbot.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            for (var at = bytes.AsSpan().IndexOf(mark); at >= 0;)
            {
                count++;
                var next = bytes.AsSpan(at + 1).IndexOf(mark);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }

        return count;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
