using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.SemanticKernel;

namespace OgpBot.Llm;

/// <summary>The model as one turn may use it: everything asked in it shares the time, and is counted to one citizen.</summary>
internal sealed class ModelTurn(LanguageModel model, string? citizen, TimeProvider clock)
{
    private long? begun;
    private bool failed;

    /// <summary>What the turn has spent.</summary>
    internal Tokens Spent { get; private set; }

    /// <summary>Asks, and reads the reply by its schema.</summary>
    /// <param name="values">Our own words, by variable.</param>
    /// <param name="data">What others wrote; it stands in a fence.</param>
    /// <returns>Null: there is no usable reply; then the turn asks no more.</returns>
    internal async Task<T?> AskAsync<T>(
        PromptContract contract, IReadOnlyDictionary<string, string> values, JsonObject data, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var left = begun is { } start ? LanguageModel.Limit - clock.GetElapsedTime(start) : LanguageModel.Limit;
        begun ??= clock.GetTimestamp();
        if (failed || left <= TimeSpan.Zero)
        {
            return null;
        }

        var fence = new Fence();
        var all = new KernelArguments(values.ToDictionary(value => value.Key, object? (value) => value.Value)) { [PromptContract.Fence] = fence.Mark, [PromptContract.Data] = fence.Around(data) };
        var reply = await model.AskAsync(contract, all, citizen, left, cancellationToken);
        Spent += reply.Spent;
        failed = reply.Text is null;
        try
        {
            return reply.Text is { } text ? JsonSerializer.Deserialize(text, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
