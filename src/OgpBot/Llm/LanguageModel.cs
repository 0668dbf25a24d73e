using System.ClientModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using OgpBot.Dialogs;
using OgpBot.Hosting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace OgpBot.Llm;

/// <summary>
/// The one way to a language model. It gives a reply or nothing, never an error: what the program found without it always stands. It never offers tools,
/// never keeps a text, and never logs a word of one. It is used only where the privacy notice names its host.
/// </summary>
internal sealed partial class LanguageModel : IDisposable
{
    /// <summary>All that one turn may wait for the model, its second try included. A room must answer within ten seconds.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    // UTF-8 bytes of a token of Spanish or JSON, on the low side: what is taken before is rather too much.
    private const int BytesPerToken = 3;

    // Of a token of a reply; a longer one is no reply to our schemas.
    private const int CharactersPerToken = 8;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly LlmOptions options;
    private readonly Lazy<PromptLibrary> prompts;
    private readonly ModelSwitch power;
    private readonly ModelBudget budget;
    private readonly TimeProvider clock;
    private readonly ILogger<LanguageModel> logger;
    private readonly Lazy<ResiliencePipeline<string>> breaker;
    private readonly Lazy<ResiliencePipeline<string>> retry;
    private readonly Uri? endpoint;
    private readonly Lazy<OpenAIChat?> client;

    /// <exception cref="SettingsException">The endpoint is no address, or the model has no name.</exception>
    public LanguageModel(
        OgpBotOptions options, Lazy<DialogLibrary> library, Lazy<PromptLibrary> prompts, ModelSwitch power, ModelBudget budget, TimeProvider clock, ILogger<LanguageModel> logger)
    {
        (this.options, this.prompts, this.power, this.budget, this.clock, this.logger) = (options.Llm, prompts, power, budget, clock, logger);
        (breaker, retry) = (new(BreakAfterFailures), new(TryOnceMore));
        endpoint = string.IsNullOrWhiteSpace(this.options.Endpoint) ? null : Read(this.options);
        client = new(() => Connect(library.Value.Consultation.Privacy.Processors));
    }

    /// <summary>Who may get texts; null: nobody.</summary>
    internal string? Host => client.Value is null ? null : endpoint!.Host;

    /// <summary>Whether the host is this machine, so that nothing leaves it.</summary>
    internal bool IsOnThisMachine => endpoint?.IsLoopback == true;

    /// <summary>The model's name.</summary>
    internal string Name => options.Model ?? "";

    /// <summary>Why there is no model, for operators; null: there is one.</summary>
    internal string? WhyNone => endpoint is null ? "OgpBot:Llm:Endpoint is not set"
        : client.Value is null ? $"its host {endpoint.Host} is not among `privacy.processors` of consultation.yaml, where citizens read who gets their data"
        : null;

    /// <summary>Whether it would be asked now.</summary>
    internal bool IsOn => client.Value is not null && !power.IsOff;

    /// <summary>The model for one turn; null: it is off.</summary>
    /// <param name="citizen">By whom it is asked, for her share of the day; null: by an operator, who has no share.</param>
    internal ModelTurn? Begin(string? citizen) => IsOn ? new ModelTurn(this, citizen, clock) : null;

    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value?.Dispose();
        }
    }

    /// <summary>Asks.</summary>
    /// <param name="left">How long it may take.</param>
    /// <returns>The reply as it came, and what it cost; no text where none can be used.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a model or its network does, the turn goes on without it.")]
    internal async Task<ModelReply> AskAsync(PromptContract contract, IReadOnlyDictionary<string, string> values, string? citizen, TimeSpan left, CancellationToken cancellationToken)
    {
        var prompt = prompts.Value[contract];
        var messages = prompt.Render(values);
        var maxTokens = Math.Min(options.MaxOutputTokens, prompt.MaxTokens ?? options.MaxOutputTokens);
        var sent = messages.Sum(message => Encoding.UTF8.GetByteCount(message.Text)) / BytesPerToken;
        if (!IsOn || !budget.Take(citizen, sent + maxTokens))
        {
            return new ModelReply(null, default);
        }

        var chatOptions = new ChatOptions
        {
            Temperature = 0,
            MaxOutputTokens = maxTokens,
            ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema(prompt.Schema, contract.Name.Replace('-', '_')),
        };
        var spent = new Tokens();
        using var late = new CancellationTokenSource(left, clock);
        using var lateOrUnwanted = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var text = await breaker.Value.ExecuteAsync(
                async inTime =>
                {
                    try
                    {
                        return await retry.Value.ExecuteAsync(async attempt => await TryAsync(messages, chatOptions, sent, tokens => spent += tokens, attempt), inTime);
                    }
                    catch (OperationCanceledException) when (late.IsCancellationRequested)
                    {
                        // A model that keeps us waiting fails, unlike a turn that is given up.
                        throw new TimeoutException();
                    }
                },
                lateOrUnwanted.Token);
            return new ModelReply(text, spent);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = ReasonOf(error);
            Log.NoReply(logger, contract.Name, reason);
            return new ModelReply(null, spent);
        }
        finally
        {
            budget.Settle(citizen, sent + maxTokens, spent.All);
        }
    }

    private async ValueTask<string> TryAsync(IReadOnlyList<ChatMessage> messages, ChatOptions chatOptions, int sent, Action<Tokens> count, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        UsageDetails? usage = null;
        ChatFinishReason? finish = null;
        try
        {
            await foreach (var update in client.Value!.GetStreamingResponseAsync(messages, chatOptions, cancellationToken))
            {
                finish = update.FinishReason ?? finish;
                usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
                text.Append(update.Text);
                if (update.Contents.Any(content => content is FunctionCallContent))
                {
                    throw new UnusableReplyException("a tool was called that nobody offered");
                }

                if (text.Length > chatOptions.MaxOutputTokens * CharactersPerToken)
                {
                    throw new UnusableReplyException("too long");
                }
            }
        }
        finally
        {
            // What a host says of itself is believed only where it can be.
            count(usage is { InputTokenCount: >= 0 and <= int.MaxValue, OutputTokenCount: >= 0 and <= int.MaxValue }
                ? new Tokens(usage.InputTokenCount.Value, usage.OutputTokenCount.Value)
                : new Tokens(sent, text.Length / BytesPerToken));
        }

        return finish == ChatFinishReason.Stop ? text.ToString() : throw new UnusableReplyException($"it ended with `{finish?.Value ?? "nothing"}`");
    }

    // A model that fails again and again is left alone for a while: nobody waits for it in vain.
    private ResiliencePipeline<string> BreakAfterFailures() => new ResiliencePipelineBuilder<string> { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<string>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 4,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = TimeSpan.FromSeconds(30),
            ShouldHandle = new PredicateBuilder<string>().Handle<Exception>(error => error is not OperationCanceledException),
            OnOpened = opened =>
            {
                Log.LeftAlone(logger, opened.BreakDuration.TotalSeconds);
                return default;
            },
        })
        .Build();

    // What may pass is tried once more, in the same time.
    private ResiliencePipeline<string> TryOnceMore() => new ResiliencePipelineBuilder<string> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<string>
        {
            MaxRetryAttempts = 1,
            ShouldHandle = new PredicateBuilder<string>().Handle<Exception>(MayPass),
            DelayGenerator = failed => ValueTask.FromResult<TimeSpan?>(RetryAfter(failed.Outcome.Exception) ?? RetryPause),
        })
        .Build();

    private static bool MayPass(Exception error) => error switch
    {
        ClientResultException { Status: (int)HttpStatusCode.TooManyRequests } => RetryAfter(error) is null || RetryAfter(error) <= LongestPause,
        ClientResultException { Status: > 0 and < 500 } => false,
        UnusableReplyException or OperationCanceledException => false,
        _ => true,
    };

    private static TimeSpan? RetryAfter(Exception? error) =>
        (error as ClientResultException)?.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var seconds) == true
            && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait) ? TimeSpan.FromSeconds(wait) : null;

    // Never the exception's own text: it may hold the reply.
    private static string ReasonOf(Exception error) => error switch
    {
        UnusableReplyException => error.Message,
        TimeoutException => "no answer in time",
        BrokenCircuitException => "left alone after failures",
        ClientResultException { Status: > 0 } result => $"HTTP {result.Status}",
        _ => error.GetType().Name,
    };

    private static Uri Read(LlmOptions options)
    {
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new SettingsException($"OgpBot:Llm:Endpoint is `{options.Endpoint}`, which is no address such as http://localhost:11434/v1.");
        }

        return string.IsNullOrWhiteSpace(options.Model) ? throw new SettingsException("OgpBot:Llm:Endpoint is set, and OgpBot:Llm:Model is not.") : endpoint;
    }

    private OpenAIChat? Connect(IReadOnlyList<string> processors)
    {
        if (endpoint is null)
        {
            return null;
        }

        if (!processors.Contains(endpoint.Host, StringComparer.OrdinalIgnoreCase))
        {
            Log.Refused(logger, endpoint.Host);
            return null;
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            Log.Unprotected(logger, endpoint.Host);
        }

        return new OpenAIChat(endpoint, options.Model!, options.ApiKey);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The language model is off: its host {Host} is not among privacy.processors of consultation.yaml, where citizens read who gets their data")]
        internal static partial void Refused(ILogger logger, string host);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Citizens' texts go to the language model at {Host} without TLS; use https unless that network is yours alone")]
        internal static partial void Unprotected(ILogger logger, string host);

        [LoggerMessage(Level = LogLevel.Information, Message = "The language model gave no usable reply to {Prompt}: {Reason}. What was found without it stands")]
        internal static partial void NoReply(ILogger logger, string prompt, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The language model fails again and again; it is left alone for {Seconds} s")]
        internal static partial void LeftAlone(ILogger logger, double seconds);
    }
}

/// <summary>Tokens that were sent and that came back: as the endpoint counts them, or else estimated.</summary>
internal readonly record struct Tokens(long Input, long Output)
{
    internal long All => Input + Output;

    public static Tokens operator +(Tokens one, Tokens other) => new(one.Input + other.Input, one.Output + other.Output);
}

/// <summary>A reply.</summary>
/// <param name="Text">Null: none that can be used.</param>
internal readonly record struct ModelReply(string? Text, Tokens Spent);
