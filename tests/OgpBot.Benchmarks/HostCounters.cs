using System.Text.Json;

namespace OgpBot.Benchmarks;

/// <summary>
/// Turns, commits and disk flushes since the host's start, which no file in <c>/proc</c> tells: the host serves
/// <c>{"status":…,"turns":n,"commits":n,"flushes":n}</c> at <c>GET /health?detail=counters</c>. One that does not is measured without.
/// </summary>
internal static class HostCounters
{
    private static readonly CounterReadings None = new(null, null, null);

    public static async Task<CounterReadings> ReadAsync(HttpConnection connection)
    {
        try
        {
            var answer = await connection.GetAsync("/health?detail=counters");
            return answer.Status == 200 ? JsonSerializer.Deserialize(answer.Body.Span, BenchmarkJson.Wire.CounterReadings) ?? None : None;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return None; // A host that is gone, or one whose health is plain text.
        }
    }
}
