using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.SemanticKernel;

namespace OgpBot.Llm;

/// <summary>
/// The requests to the model in one turn of a conversation. They share the time limit <see cref="LanguageModel.Limit"/>.
/// Their tokens are counted to one citizen. After a failed request the session asks no more.
/// </summary>
internal sealed class ModelSession(LanguageModel model, string? citizen, TimeProvider clock)
{
    private long? begun;
    private bool failed;

    /// <summary>What the turn has spent.</summary>
    internal Tokens Spent { get; private set; }

    /// <summary>Sends one prompt and reads the reply by its schema.</summary>
    /// <param name="values">Our own words, by variable.</param>
    /// <param name="data">Text from outside. It is sent between delimiters.</param>
    /// <returns>Null: there is no usable reply.</returns>
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

        var delimiter = new PromptDelimiter();
        var all = new KernelArguments(values.ToDictionary(value => value.Key, object? (value) => value.Value))
        {
            [PromptContract.Delimiter] = delimiter.Mark,
            [PromptContract.Data] = delimiter.Around(data),
        };
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
