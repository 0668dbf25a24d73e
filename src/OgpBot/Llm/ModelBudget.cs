using System.Globalization;
using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Llm;

/// <summary>
/// Tokens of a local day. What is spent by all stands in a file of one line in the data directory, since a restart must not fill the purse again, and a
/// command beside the host spends from the same one; the database would be asked for its lock by each of them. What each citizen spent is kept in memory:
/// who asked how much is nothing to store, and the day's purse bounds it anyhow.
/// </summary>
internal sealed partial class ModelBudget(OgpBotOptions options, Lazy<DialogLibrary> library, TimeProvider clock, ILogger<ModelBudget> logger)
{
    // Always as long, so that it is written over in place: a crash leaves the old line or the new one.
    private const string Form = "yyyy-MM-dd";
    private const string Digits = "D19";

    private readonly Lock gate = new();
    private readonly string file = Path.Combine(Path.GetFullPath(options.DataDirectory), "model.spent");
    private readonly Dictionary<string, long> citizens = [];
    private DateOnly day;
    private DateOnly told;

    private DateOnly Today => LocalDates.DayOf(clock.GetUtcNow(), library.Value.Consultation);

    /// <summary>Takes tokens before they are spent, so that many who ask at once can't spend more than there is.</summary>
    /// <param name="citizen">Null: none, as for a command.</param>
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

    /// <summary>Corrects what was taken by what was spent.</summary>
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

            stream.Position = 0;
            using var writer = new StreamWriter(stream);
            writer.Write($"{Today.ToString(Form, CultureInfo.InvariantCulture)} {Math.Max(0, spent).ToString(Digits, CultureInfo.InvariantCulture)}\n");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Held by a command for a moment, or not to be written at all: what can't be counted is not spent.
            Log.NotCounted(logger, error.Message);
            return false;
        }
    }

    // A line that nobody understands was written by nobody of ours: the day begins anew.
    private long Read(FileStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var parts = (reader.ReadLine() ?? "").Split(' ');
        return parts.Length == 2 && parts[0] == Today.ToString(Form, CultureInfo.InvariantCulture)
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
