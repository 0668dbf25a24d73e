using System.Net;

namespace OgpBot.Benchmarks;

/// <summary>What one run of <c>load</c> was asked to do.</summary>
internal sealed record LoadOptions
{
    public required int Citizens { get; init; }

    public required int Dialogs { get; init; }

    /// <summary>Dialogs played before the measured ones, not counted: the host compiles its hot code meanwhile.</summary>
    public required int Warmup { get; init; }

    /// <summary>Pause of a citizen before each turn; not part of the turn's time.</summary>
    public required TimeSpan Think { get; init; }

    /// <summary>Limit of the whole run, start and stop of the host included.</summary>
    public required TimeSpan Timeout { get; init; }

    public required int SeedSubmissions { get; init; }

    /// <summary>A host that already runs; none = start one.</summary>
    public IPEndPoint? Running { get; init; }

    /// <summary>Process of the host that already runs, for its CPU and memory.</summary>
    public int? RunningProcessId { get; init; }

    /// <summary>OgpBot.dll of another build, measured in turn with what this repository publishes; none = only that.</summary>
    public string? OtherProgram { get; init; }

    /// <summary>Times that each is measured.</summary>
    public required int Runs { get; init; }

    /// <summary>Over Telegram, and not over Direct Line.</summary>
    public required bool Telegram { get; init; }

    /// <summary>A folder to keep; none = a temporary one, deleted at the end.</summary>
    public string? DataDirectory { get; init; }
}
