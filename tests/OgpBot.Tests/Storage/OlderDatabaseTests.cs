using System.IO.Compression;
using OgpBot.Submissions.Export;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Storage;

/// <summary>
/// Databases that earlier versions filled, kept in <c>Before/</c> with the export that the same version made of them: nine conversations in the
/// terminal, one of them with its draft unfinished.
/// </summary>
public sealed class OlderDatabaseTests
{
    [Theory]
    [InlineData("2026-11")]
    public async Task It_opens_is_migrated_and_gives_the_same_export(string version)
    {
        using var folder = new TemporaryFolder();
        var before = Path.Combine(Repository.Tests, "Storage", "Before");
        await using (var packed = new GZipStream(File.OpenRead(Path.Combine(before, $"ogpbot-{version}.db.gz")), CompressionMode.Decompress))
        await using (var database = File.Create(folder.File("ogpbot.db")))
        {
            await packed.CopyToAsync(database, TestContext.Current.CancellationToken);
        }

        await using var host = await TestHost.StartAsync(folder.Path);
        var filter = new ExportFilter(WithContact: true);
        using var export = new MemoryStream();
        var expected = await File.ReadAllBytesAsync(Path.Combine(before, $"export-{version}.csv"), TestContext.Current.CancellationToken);

        // The columns that there were: new ones are only ever appended.
        var columns = host.Get<SubmissionExport>().ColumnsFor(filter).Take(System.Text.Encoding.UTF8.GetString(expected).Split("\r\n")[0].Split(',').Length).ToList();
        var rows = host.Get<SubmissionExport>().RowsAsync(filter, TestContext.Current.CancellationToken).Select(IReadOnlyList<string> (row) => [.. row.Take(columns.Count)]);
        await ExportWriter.WriteAsync("csv", export, columns, rows, TestContext.Current.CancellationToken);

        System.Text.Encoding.UTF8.GetString(export.ToArray()).ShouldBe(System.Text.Encoding.UTF8.GetString(expected));
    }
}
