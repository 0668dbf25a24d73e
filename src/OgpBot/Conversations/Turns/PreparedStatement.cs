using System.Data.Common;

namespace OgpBot.Conversations.Turns;

/// <summary>A statement that is read by the database once and run many times.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly DbCommand command;

    internal PreparedStatement(DbConnection connection, string sql, string[] names)
    {
        command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of the caller; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in names)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{name}";
            command.Parameters.Add(parameter);
        }
    }

    internal void Enlist(DbTransaction? transaction) => command.Transaction = transaction;

    internal Task<int> ExecuteAsync(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQueryAsync();
    }

    internal Task<object?> ScalarAsync(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalarAsync();
    }

    internal List<T> Read<T>(Func<DbDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
        {
            found.Add(map(rows));
        }

        return found;
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }
    }
}
