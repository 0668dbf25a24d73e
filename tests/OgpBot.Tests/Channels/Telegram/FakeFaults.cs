namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Something that goes wrong with a call.</summary>
internal sealed record FakeFault(FakeFaultKind Kind)
{
    internal FakeRefusal? Refusal { get; init; }

    /// <summary>Of an answer that is a page of HTML.</summary>
    internal int Status { get; init; }

    /// <summary>A 429 that speaks for the whole bot.</summary>
    internal bool Everywhere { get; init; }

    internal static FakeFault ResetBefore { get; } = new(FakeFaultKind.ResetBefore);

    internal static FakeFault ResetAfter { get; } = new(FakeFaultKind.ResetAfter);

    /// <summary>Never answered.</summary>
    internal static FakeFault Silence { get; } = new(FakeFaultKind.Silence);

    /// <summary>200, and not JSON: what a hotel's network answers.</summary>
    internal static FakeFault NotJson { get; } = new(FakeFaultKind.Html) { Status = 200 };

    internal static FakeFault Html(int status) => new(FakeFaultKind.Html) { Status = status };

    internal static FakeFault Refuse(int code, string description) => new(FakeFaultKind.Refuse) { Refusal = new FakeRefusal(code, description) };

    internal static FakeFault TooMany(int seconds, bool everywhere = false) =>
        new(FakeFaultKind.Refuse) { Refusal = FakeRefusal.TooMany(seconds), Everywhere = everywhere };
}

internal enum FakeFaultKind
{
    Refuse,
    Html,
    ResetBefore,
    ResetAfter,
    Silence,
}

/// <summary>How often things go wrong by themselves, each a share of 1. Those of updates concern batches, the others calls.</summary>
internal sealed record FakeFaultRates
{
    internal double P429 { get; init; }

    internal double P5xx { get; init; }

    /// <summary>The connection breaks; in half of the cases after the call has had its effect.</summary>
    internal double PReset { get; init; }

    internal double PDuplicate { get; init; }

    internal double PReversed { get; init; }

    /// <summary>Seconds.</summary>
    internal int RetryAfter { get; init; } = 1;
}

/// <summary>Decides which call goes wrong: what was ordered comes first, then chance, the same for the same seed and order of calls.</summary>
internal sealed class FakeFaults(Random random)
{
    private readonly List<Ordered> ordered = [];

    internal FakeFaultRates Rates { get; set; } = new();

    internal void Order(string method, FakeFault fault, int times, long? chat) => ordered.Add(new Ordered(method, fault, chat) { Times = times });

    internal void Clear() => ordered.Clear();

    internal bool Happens(double share) => share > 0 && random.NextDouble() < share;

    internal FakeFault? Next(string method, long? chat)
    {
        var order = ordered.Find(one => one.Fits(method, chat));
        if (order is not null)
        {
            if (--order.Times == 0)
            {
                ordered.Remove(order);
            }

            return order.Fault;
        }

        var (p429, p5xx, reset) = (Rates.P429, Rates.P5xx, Rates.PReset);
        return random.NextDouble() switch
        {
            var chance when chance < p429 => FakeFault.TooMany(Rates.RetryAfter),
            var chance when chance < p429 + p5xx / 2 => FakeFault.Html(502),
            var chance when chance < p429 + p5xx => FakeFault.Refuse(500, "Internal Server Error: restart"),
            var chance when chance < p429 + p5xx + reset / 2 => FakeFault.ResetBefore,
            var chance when chance < p429 + p5xx + reset => FakeFault.ResetAfter,
            _ => null,
        };
    }

    private sealed record Ordered(string Method, FakeFault Fault, long? Chat)
    {
        internal int Times { get; set; }

        // `*` spares the polls: a test of sending goes on receiving.
        internal bool Fits(string method, long? chat) =>
            (Method == "*" ? method != "getUpdates" : Method.Equals(method, StringComparison.OrdinalIgnoreCase)) && (Chat is null || Chat == chat);
    }
}
