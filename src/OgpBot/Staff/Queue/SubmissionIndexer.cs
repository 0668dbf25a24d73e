using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OgpBot.Archive;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Staff.Queue;

/// <summary>
/// Puts the words of submissions into the index that the queue is searched by. Triggers list what is new or was changed; the list is looked at twice a second, so
/// that no citizen's turn waits for it.
/// </summary>
internal sealed partial class SubmissionIndexer(
    IDatabase kind, DatabaseStart start, TurnWriter writer, Lazy<ShippedArchive> archive, TimeProvider clock, ILogger<SubmissionIndexer> logger) : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    // One commit of so many is soon over, so no turn waits long behind it.
    private const int MostPerCommit = 100;

    /// <summary>Indexes what is listed now.</summary>
    internal async Task IndexAsync(CancellationToken cancellationToken)
    {
        while (Listed() is { Count: > 0 } listed)
        {
            var terms = listed.Select(row => (row.Seq, row.SearchId, Terms: string.Join(' ', archive.Value.Lexicon.TermsOf(row.Text)))).ToList();
            await writer.WriteAsync(
                session =>
                {
                    Write(session.Database, terms);
                    return ValueTask.FromResult(true);
                },
                cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Ready.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                await IndexAsync(stoppingToken);
            }
            catch (Exception error) when (error is StorageUnavailableException || kind.IsUnavailable(error))
            {
                Log.Waits(logger, error.Message);
            }

            await Task.Delay(Every, clock, stoppingToken);
        }
    }

    private List<(long Seq, long SearchId, string Text)> Listed()
    {
        using var connection = kind.OpenReader();
        using var command = Command(
            connection,
            """
            SELECT u.seq, s.search_id, concat_ws(' ', s.problem, s.proposal, s.place)
            FROM submissions_unindexed u JOIN submissions s ON s.id = u.submission_id ORDER BY u.seq LIMIT $most
            """,
            ("$most", MostPerCommit));
        using var rows = command.ExecuteReader();
        var listed = new List<(long, long, string)>();
        while (rows.Read())
        {
            listed.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2)));
        }

        return listed;
    }

    // Only what was read leaves the list: a change since then stands in it under a number of its own.
    private static void Write(DbContext database, List<(long Seq, long SearchId, string Terms)> submissions)
    {
        var connection = database.Database.GetDbConnection();
        using var put = Command(connection, "INSERT OR REPLACE INTO submission_terms(rowid, terms) VALUES ($id, $terms)", ("$id", 0L), ("$terms", ""));
        using var strike = Command(connection, "DELETE FROM submissions_unindexed WHERE seq = $seq", ("$seq", 0L));
        foreach (var submission in submissions)
        {
            (put.Parameters["$id"].Value, put.Parameters["$terms"].Value, strike.Parameters["$seq"].Value) = (submission.SearchId, submission.Terms, submission.Seq);
            put.ExecuteNonQuery();
            strike.ExecuteNonQuery();
        }
    }

    private static DbCommand Command(DbConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The index of submissions waits for the database: {Reason}.")]
        internal static partial void Waits(ILogger logger, string reason);
    }
}
