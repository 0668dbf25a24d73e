using OgpBot.Dialogs;

namespace OgpBot.Archive.Plan;

/// <summary>
/// <c>process.yaml</c> as it is on the disk: an edit shows without a restart. At most once a second, whoever uses it looks whether the file has changed.
/// A broken edit is logged once; the last good state goes on being shown.
/// </summary>
/// <exception cref="DataException">The file is wrong at the start, when there is no good state to go on with.</exception>
internal sealed partial class PlanFile(string directory, TimeProvider clock, ILogger<PlanFile> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Look last = new(clock.GetUtcNow(), StampOf(directory));
    private PlanStatus current = PlanReader.Read(directory);

    /// <summary>The same object as long as the file is the same, so that what is made of it can be kept beside it.</summary>
    internal PlanStatus Current
    {
        get
        {
            lock (gate)
            {
                var now = clock.GetUtcNow();
                if ((now - last.At).Duration() >= Pause)
                {
                    // Taken before reading: a file that changes meanwhile is read again at the next look.
                    var stamp = StampOf(directory);
                    var changed = stamp != last.Stamp;
                    last = new Look(now, stamp);
                    current = changed ? ReadAgain() : current;
                }

                return current;
            }
        }
    }

    private PlanStatus ReadAgain()
    {
        try
        {
            var read = PlanReader.Read(directory);
            Log.Changed(logger);
            return read;
        }
        catch (Exception error) when (error is DataException or IOException or UnauthorizedAccessException)
        {
            Log.Broken(logger, error.Message);
            return current;
        }
    }

    private static string StampOf(string directory) =>
        string.Join(' ', new[] { PlanReader.FileName, PlanReader.SourcesFileName }.Select(name => StampOf(new FileInfo(Path.Combine(directory, name)))));

    // A file that is not there has a stamp too: its disappearance is a change, and is told.
    private static string StampOf(FileInfo file)
    {
        try
        {
            return $"{file.LastWriteTimeUtc.Ticks}/{(file.Exists ? file.Length : -1)}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private readonly record struct Look(DateTimeOffset At, string Stamp);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "process.yaml was edited; the plan is shown as it now says.")]
        internal static partial void Changed(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "process.yaml was edited and can't be used; the plan is shown as before. {Mistakes}")]
        internal static partial void Broken(ILogger logger, string mistakes);
    }
}
