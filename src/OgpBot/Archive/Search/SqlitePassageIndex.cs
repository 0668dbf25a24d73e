using System.Data.Common;

namespace OgpBot.Archive.Search;

/// <summary>The index in SQLite's FTS5 (https://www.sqlite.org/fts5.html). The terms are stems already, so its own tokenizer only cuts at blanks.</summary>
internal sealed class SqlitePassageIndex : IPassageIndex
{
    public void Add(DbConnection connection, IEnumerable<(long Id, string Terms)> passages)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO archive_terms(rowid, terms) VALUES ($id, $terms)";
        var (id, terms) = (Parameter(command, "$id"), Parameter(command, "$terms"));
        foreach (var passage in passages)
        {
            (id.Value, terms.Value) = (passage.Id, passage.Terms);
            command.ExecuteNonQuery();
        }
    }

    public void Remove(DbConnection connection, IEnumerable<long> ids)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM archive_terms WHERE rowid = $id";
        var id = Parameter(command, "$id");
        foreach (var passage in ids)
        {
            id.Value = passage;
            command.ExecuteNonQuery();
        }
    }

    public IReadOnlyList<(long Id, double Score)> Search(DbConnection connection, IReadOnlyList<string> terms, int most)
    {
        using var command = connection.CreateCommand();

        // The column rank is bm25(), reckoned once a row (https://www.sqlite.org/fts5.html#sorting_by_auxiliary_function_results).
        command.CommandText = "SELECT rowid, -rank FROM archive_terms WHERE archive_terms MATCH $match ORDER BY rank LIMIT $most";
        Parameter(command, "$match").Value = string.Join(" OR ", terms.Select(term => $"\"{term.Replace("\"", "", StringComparison.Ordinal)}\""));
        Parameter(command, "$most").Value = most;
        var found = new List<(long, double)>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            found.Add((reader.GetInt64(0), reader.GetDouble(1)));
        }

        return found;
    }

    private static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
