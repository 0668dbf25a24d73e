using OgpBot.Archive;
using OgpBot.Criteria;
using OgpBot.Dialogs;

namespace OgpBot.Hosting;

/// <summary>
/// Reads the data that no first turn needs, while the host serves already: the words of the criteria, and the archive. What needs them waits for them.
/// </summary>
internal sealed class DataReading(IHostApplicationLifetime lifetime, Lazy<CriteriaChecks> checks, Lazy<ShippedArchive> archive)
{
    /// <summary>Ends when all is read. Mistakes in these files end the host; mistakes in its dialogs keep it from starting.</summary>
    /// <exception cref="DataException">With every mistake of the file that is wrong.</exception>
    internal Task ReadAsync() => Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read()
    {
        try
        {
            _ = checks.Value;
            _ = archive.Value;

            // What was read of the files on the way is garbage now; nothing later would make the collector give that back to the machine.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        catch (DataException)
        {
            lifetime.StopApplication();
            throw;
        }
    }
}
