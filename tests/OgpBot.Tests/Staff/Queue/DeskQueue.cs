using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Judging;
using OgpBot.Staff.Queue;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff.Queue;

/// <summary>A host with two people of the staff and submissions, and the queue as one of them sees it.</summary>
internal sealed class DeskQueue : IAsyncDisposable
{
    internal const string Ana = "ana";
    internal const string Luis = "luis";

    private readonly TemporaryFolder folder = new();
    private int folios;

    internal TestHost Host { get; private set; } = null!;

    internal QueueReader Reader => Host.Get<QueueReader>();

    internal static async Task<DeskQueue> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var desk = new DeskQueue();
        desk.Host = await TestHost.StartAsync(desk.folder.Path, configure: configure);
        await desk.WriteAsync(database => database.AddRange(
            new StaffMember { Id = Ana, UserName = Ana, DisplayName = "Ana Ruiz", Role = StaffRole.Coordinator },
            new StaffMember { Id = Luis, UserName = Luis, DisplayName = "Luis Paz", Role = StaffRole.Reviewer },
            new Citizen { Id = "citizen" }));
        return desk;
    }

    /// <summary>Writes as the program does: through the one writer.</summary>
    internal Task WriteAsync(Func<OgpBotDb, Task> write) => Host.Get<TurnWriter>().WriteAsync(
        async session =>
        {
            await write(session.Database);
            await session.Database.SaveChangesAsync();
            return true;
        },
        TestContext.Current.CancellationToken);

    internal Task WriteAsync(Action<OgpBotDb> write) => WriteAsync(database =>
    {
        write(database);
        return Task.CompletedTask;
    });

    /// <summary>A submission as citizens file it, some seconds after the one before.</summary>
    internal Submission Filed(
        string problem = "No hay luz en el parque.", string? axis = "2", string? borough = "tlalpan", string scope = "borough", string channel = "web", string? checks = null,
        string? assignedTo = null, ReviewState state = ReviewState.Received, string? place = null)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(7));
        return new Submission
        {
            Id = Host.Get<Ids>().Next(),
            Folio = $"PAGA-{++folios:0000}",
            CitizenId = "citizen",
            ReceivedAt = Host.Clock.GetUtcNow(),
            Consultation = "cdmx-paga-2",
            Channel = channel,
            Language = "es",
            Axis = axis,
            Borough = borough,
            Scope = scope,
            Place = place,
            Problem = problem,
            Checks = checks,
            AssignedTo = assignedTo,
            ReviewState = state,
        };
    }

    internal static Judgement Judged(Submission submission, string by) => new() { SubmissionId = submission.Id, StaffId = by, Criterion = "offence", Verdict = Verdict.Met, Why = "Bien" };

    /// <summary>The filter that a query string gives. None of it may be unknown.</summary>
    internal async Task<QueueFilter> FilterAsync(params (string Field, string Value)[] fields)
    {
        var problems = new List<(string, string)>();
        var choices = await Reader.ChoicesAsync(TestContext.Current.CancellationToken);
        var filter = QueueFilter.Read(fields.Select(field => KeyValuePair.Create(field.Field, new StringValues(field.Value))), Ana, choices, problems);
        problems.ShouldBeEmpty();
        return filter;
    }

    internal Task<QueuePage> ReadAsync(QueueFilter filter) => Reader.ReadAsync(filter, TestContext.Current.CancellationToken);

    /// <summary>The folios of all pages of a filter, read one after another.</summary>
    internal async Task<List<string>> WalkAsync(QueueFilter filter)
    {
        var folios = new List<string>();
        for (QueueFilter? at = filter; at is not null;)
        {
            var page = await ReadAsync(at);
            folios.AddRange(page.Rows.Select(row => row.Folio));
            at = page.Next;
        }

        return folios;
    }

    /// <summary>Indexes what was written until now.</summary>
    internal Task IndexAsync() => Host.Get<SubmissionIndexer>().IndexAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
