using System.Data.Common;

namespace OgpBot.Conversations.Turns;

/// <summary>The statements of one connection. Each is made when it is first used, and kept as long as the connection.</summary>
internal abstract class PreparedStatements(DbConnection connection) : IDisposable
{
    private readonly List<PreparedStatement> made = [];
    private DbTransaction? current;

    /// <summary>What is run from now on belongs to this transaction.</summary>
    internal void Enlist(DbTransaction transaction)
    {
        current = transaction;
        made.ForEach(statement => statement.Enlist(transaction));
    }

    /// <summary>The connection is closed too.</summary>
    public void Dispose()
    {
        made.ForEach(statement => statement.Dispose());
        connection.Dispose();
    }

    protected PreparedStatement Prepare(string sql, params string[] names)
    {
        var statement = new PreparedStatement(connection, sql, names);
        statement.Enlist(current);
        made.Add(statement);
        return statement;
    }
}
