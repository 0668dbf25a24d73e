using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Archive;
using OgpBot.Storage;

namespace OgpBot.Benchmarks;

/// <summary>
/// Submissions of ninety days as a city would get them: axes, boroughs and channels are not alike in number, most wait, some are assigned, a few are decided. One
/// text in three names water; one in ten thousand has a rare word. The chance is the same in each run.
/// </summary>
internal static class DeskSubmissions
{
    private static readonly DateTimeOffset End = TimeProvider.System.GetUtcNow();
    private static readonly TimeSpan Length = TimeSpan.FromDays(90);

    private static readonly (string? Value, int Weight)[] Axes = [("1", 8), ("2", 34), ("3", 28), ("4", 9), ("5", 13), (null, 8)];
    private static readonly (string Value, int Weight)[] Scopes = [("community", 25), ("neighbourhood", 35), ("borough", 25), ("city", 15)];
    private static readonly (string Value, int Weight)[] Channels = [("web", 60), ("telegram", 38), ("botframework", 2)];
    private static readonly (int Value, int Weight)[] States = [(0, 700), (2, 150), (3, 30), (4, 20), (5, 70), (6, 28), (1, 2)];
    private static readonly (bool Value, int Weight)[] Doubts = [(false, 88), (true, 12)];
    private static readonly (string? Value, int Weight)[] Boroughs =
    [
        ("iztapalapa", 190), ("gustavo-a-madero", 120), ("tlalpan", 80), ("coyoacan", 80), ("alvaro-obregon", 75), ("cuauhtemoc", 75), ("xochimilco", 45), ("azcapotzalco", 45),
        ("iztacalco", 40), ("benito-juarez", 40), ("venustiano-carranza", 40), ("miguel-hidalgo", 35), ("tlahuac", 30), ("magdalena-contreras", 20), ("cuajimalpa", 15),
        ("milpa-alta", 8), (null, 150),
    ];

    private static readonly string[] Texts =
    [
        "El agua llega pocas horas al día a las calles altas y nadie avisa cuándo", "Las pipas de agua pasan de noche y no alcanzan para todas las familias",
        "Hay baches en la avenida y los camiones frenan de golpe", "La basura se junta junto al mercado y nadie la recoge hasta el lunes",
        "Hace falta luz en el parque y da miedo cruzarlo después de las ocho", "Los trámites en línea se caen y hay que volver a la ventanilla",
    ];

    private static readonly string[] Ends =
    [
        "Pedimos que se publique cuánto cuesta cada obra y quién la construye.", "Afecta sobre todo a las personas mayores y a quienes van en silla de ruedas.",
        "Proponemos un aviso por mensaje el día anterior.", "Desde hace meses lo contamos en la alcaldía sin respuesta.", "Pasa en todas las colonias de la zona.",
    ];

    /// <summary>The looks that are measured.</summary>
    internal static readonly (string Name, (string Field, string Value)[] Fields)[] Filters =
    [
        ("the first page", []),
        ("newest first", [("sort", "newest")]),
        ("axis", [("axis", "2")]),
        ("no axis", [("axis", "none")]),
        ("borough", [("borough", "milpa-alta")]),
        ("scope", [("scope", "city")]),
        ("state", [("state", "selected")]),
        ("channel", [("channel", "botframework")]),
        ("doubt", [("doubt", "yes")]),
        ("assigned to me", [("assigned", "me")]),
        ("assigned to anyone", [("assigned", "anyone")]),
        ("axis and borough", [("axis", "2"), ("borough", "iztapalapa")]),
        ("axis and borough, few", [("axis", "1"), ("borough", "milpa-alta")]),
        ("state and doubt, newest", [("state", "received"), ("doubt", "yes"), ("sort", "newest")]),
        ("not judged by me", [("unjudged", "yes")]),
        ("older than 14 days", [("older", "14")]),
        ("older than 80 days, axis", [("older", "80"), ("axis", "3")]),
        ("a rare word", [("q", "ajolote")]),
        ("a common word", [("q", "agua")]),
        ("a common word, axis", [("q", "agua"), ("axis", "3")]),
        ("two words", [("q", "agua ajolotes")]),
    ];

    /// <summary>The id of a row at a part of the whole time.</summary>
    internal static string IdAt(double part) => Ids.FirstAt(End - Length + (part * Length));

    internal static void Fill(IServiceProvider services, int count, CancellationToken cancellation)
    {
        using var connection = services.GetRequiredService<IDatabase>().OpenWriter();
        Execute(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; INSERT INTO citizens(id) VALUES ('citizen')");
        foreach (var person in Enumerable.Range(1, 25))
        {
            Execute(connection, $"INSERT INTO staff(id, role, created_at, user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count) "
                + $"VALUES ('reader-{person:00}', 1, 0, 'reader-{person:00}', 0, 0, 0, 0, 0)");
        }

        using (var transaction = connection.BeginTransaction())
        {
            Insert(connection, services.GetRequiredService<Lazy<ShippedArchive>>().Value, count, cancellation);
            Execute(connection, "DELETE FROM submissions_unindexed");
            Execute(connection, "INSERT INTO judgements SELECT id, 'reader-01', 'offence', 0, 'bien', 0 FROM submissions WHERE rowid % 1000 < 2");
            transaction.Commit();
        }

        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Insert(DbConnection connection, ShippedArchive archive, int count, CancellationToken cancellation)
    {
        var random = new Random(1);
        T Any<T>((T Value, int Weight)[] values)
        {
            var at = random.Next(values.Sum(value => value.Weight));
            return values.First(value => (at -= value.Weight) < 0).Value;
        }

        using var submission = Command(
            connection,
            """
            INSERT INTO submissions (id, folio, citizen_id, received_at, consultation, channel, language, axis, scope, borough, problem, review_state, checks, assigned_to)
            VALUES ($0, $1, 'citizen', $2, 'desk', $3, 'es', $4, $5, $6, $7, $8, $9, $10)
            """);
        using var terms = Command(connection, "INSERT INTO submission_terms(rowid, terms) VALUES ($0, $1)");
        for (var at = 0; at < count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            var received = End - Length + (Length * ((double)at / count));
            var state = Any(States);
            var problem = $"{Texts[random.Next(Texts.Length)]}. {(random.Next(10_000) == 0 ? "Cuiden al ajolote. " : "")}{Ends[random.Next(Ends.Length)]} {Ends[random.Next(Ends.Length)]}";
            Run(
                submission, $"{Ids.FirstAt(received)}{at:0000000000000000}", $"DESK-{at}", received.ToUnixTimeMilliseconds(), Any(Channels), Any(Axes), Any(Scopes), Any(Boroughs), problem, state,
                Any(Doubts) ? """{"texts":{"problem":{"marks":[{"criterion":"offence","outcome":"doubt"}]}}}""" : null,
                state != 0 && random.Next(3) > 0 ? $"reader-{1 + (int)Math.Sqrt(random.Next(625)):00}" : null);
            Run(terms, at + 1, string.Join(' ', archive.Lexicon.TermsOf(problem)));
        }
    }

    private static DbCommand Command(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static void Run(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var at = command.Parameters.Count; at < values.Length; at++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"${at}";
            command.Parameters.Add(parameter);
        }

        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }
}
