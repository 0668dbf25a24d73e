using System.Globalization;
using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Llm;

/// <summary>
/// Limits the tokens of a local day: for all together and for each citizen.
/// The day's total stands in the file <c>model.spent</c> in the data directory, so it outlives a restart.
/// The host and the command line share it. A file avoids a lock on the database.
/// The tokens of each citizen are kept in memory only: how much a person asked is not stored.
/// </summary>
internal sealed partial class ModelBudget(OgpBotOptions options, Lazy<DialogLibrary> library, TimeProvider clock, ILogger<ModelBudget> logger)
{
    private readonly Lock gate = new();
    private readonly string file = Path.Combine(Path.GetFullPath(options.DataDirectory), "model.spent");
    private readonly Dictionary<string, long> citizens = [];
    private DateOnly day;
    private DateOnly told;

    private DateOnly Today => LocalDates.DayOf(clock.GetUtcNow(), library.Value.Consultation);

    private string Stamp => Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reserves tokens before they are spent. So requests at the same time cannot pass the limit together.</summary>
    /// <param name="citizen">Null: a command asks, and no citizen's limit counts.</param>
    /// <returns>False where too few are left.</returns>
    internal bool Take(string? citizen, long tokens)
    {
        lock (gate)
        {
            if (citizen is not null && SpentBy(citizen) + tokens > options.Llm.TokensPerCitizenPerDay)
            {
                return false;
            }

            if (!Change(tokens, options.Llm.TokensPerDay))
            {
                return false;
            }

            Note(citizen, tokens);
            return true;
        }
    }

    /// <summary>Replaces a reservation by what was spent.</summary>
    internal void Settle(string? citizen, long taken, long spent)
    {
        lock (gate)
        {
            Change(spent - taken, long.MaxValue);
            Note(citizen, spent - taken);
        }
    }

    private long SpentBy(string citizen)
    {
        if (day != Today)
        {
            day = Today;
            citizens.Clear();
        }

        return citizens.GetValueOrDefault(citizen);
    }

    private void Note(string? citizen, long tokens)
    {
        if (citizen is not null)
        {
            citizens[citizen] = Math.Max(0, SpentBy(citizen) + tokens);
        }
    }

    private bool Change(long tokens, long most)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var spent = Read(stream) + tokens;
            if (spent > most)
            {
                TellOnce();
                return false;
            }

            // The line always has the same length and is overwritten in place: a crash leaves the old line or the new one.
            stream.Position = 0;
            using var writer = new StreamWriter(stream);
            writer.Write($"{Stamp} {Math.Max(0, spent).ToString("D19", CultureInfo.InvariantCulture)}\n");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A command holds the file for a moment, or it cannot be written. What cannot be counted is not spent.
            Log.NotCounted(logger, error.Message);
            return false;
        }
    }

    // A line of another form is not ours: the day begins at zero.
    private long Read(FileStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var parts = (reader.ReadLine() ?? "").Split(' ');
        return parts.Length == 2 && parts[0] == Stamp
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var spent) ? spent : 0;
    }

    private void TellOnce()
    {
        if (told != Today)
        {
            told = Today;
            Log.Exhausted(logger, options.Llm.TokensPerDay);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The language model's tokens of today ({Tokens}, OgpBot:Llm:TokensPerDay) are spent; until tomorrow all goes on without it")]
        internal static partial void Exhausted(ILogger logger, long tokens);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What the language model spends can't be counted, so it was not asked: {Reason}")]
        internal static partial void NotCounted(ILogger logger, string reason);
    }
}
