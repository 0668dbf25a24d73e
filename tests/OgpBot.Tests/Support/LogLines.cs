using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OgpBot.Tests.Support;

/// <summary>All that a host logs, at every level, with its exceptions.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> lines = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyList<string> All
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>Waits until something was logged.</summary>
    internal async Task WhenAsync(string part)
    {
        var patience = Task.Delay(Patience);
        while (true)
        {
            Task change;
            lock (lines)
            {
                if (lines.Exists(line => line.Contains(part, StringComparison.Ordinal)))
                {
                    return;
                }

                change = changed.Task;
            }

            if (await Task.WhenAny(change, patience) == patience)
            {
                throw new TimeoutException($"In vain was waited for the line: {part}");
            }
        }
    }

    internal void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ILoggerProvider>(this);
        services.PostConfigure<LoggerFilterOptions>(options =>
        {
            options.Rules.Clear();
            options.MinLevel = LogLevel.Trace;
        });
    }

    public ILogger CreateLogger(string categoryName) => new Lines(Add, categoryName);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lock (lines)
        {
            lines.Add(line);
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Lines(Action<string> add, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            add($"{category} scope: {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            add($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
