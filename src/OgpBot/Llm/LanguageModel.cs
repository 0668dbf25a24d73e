using System.ClientModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.SemanticKernel;
using OgpBot.Dialogs;
using OgpBot.Settings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace OgpBot.Llm;

/// <summary>
/// The only way to a language model. It gives a reply or nothing, and never an error: the program works without it.
/// It offers the model no tools. It keeps no text and logs no word of one.
/// It is used only where the privacy notice names its host.
/// </summary>
internal sealed partial class LanguageModel : IDisposable
{
    /// <summary>The time of all requests of one turn, a second try included. A room must answer within ten seconds.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private static readonly ResiliencePropertyKey<TimeSpan> Left = new("left");

    private readonly LlmOptions options;
    private readonly Lazy<PromptLibrary> prompts;
    private readonly ModelSwitch power;
    private readonly ModelBudget budget;
    private readonly TimeProvider clock;
    private readonly ILogger<LanguageModel> logger;
    private readonly Lazy<ResiliencePipeline<string>> patience;
    private readonly Uri? endpoint;
    private readonly Lazy<string?> whyNone;
    private readonly Lazy<ModelKernel> kernel;

    public LanguageModel(
        OgpBotOptions options, Lazy<DialogLibrary> library, Lazy<PromptLibrary> prompts, Lazy<VerificationWords> words, ModelSwitch power, ModelBudget budget,
        TimeProvider clock, ILogger<LanguageModel> logger)
    {
        (this.options, this.prompts, this.power, this.budget, this.clock, this.logger) = (options.Llm, prompts, power, budget, clock, logger);
        _ = Uri.TryCreate(options.Llm.Endpoint, UriKind.Absolute, out endpoint);
        whyNone = new(() => FindMistake(library.Value.Consultation.Privacy.Processors, prompts, words));
        kernel = new(() => ModelKernel.Connect(endpoint!, this.options.Model!, this.options.ApiKey));
        patience = new(BuildPatience);
    }

    /// <summary>The host that texts may be sent to; null: none.</summary>
    internal string? Host => WhyNone is null ? endpoint!.Host : null;

    /// <summary>Whether the host is this machine, so that nothing leaves it.</summary>
    internal bool IsOnThisMachine => endpoint?.IsLoopback == true;

    /// <summary>The model's name.</summary>
    internal string Name => options.Model ?? "";

    /// <summary>Whether the settings name one.</summary>
    internal bool IsWanted => !string.IsNullOrWhiteSpace(options.Endpoint);

    /// <summary>Why there is no model, for operators, with the name of the setting; null: there is one.</summary>
    internal string? WhyNone => IsWanted ? whyNone.Value : "OgpBot:Llm:Endpoint is not set";

    /// <summary>Whether requests are sent now: there is a model and it is not switched off.</summary>
    internal bool IsOn => WhyNone is null && !power.IsOff;

    /// <summary>Begins a session for one turn; null: the model is off.</summary>
    /// <param name="citizen">Whose daily limit the tokens count to; null: an operator asks, who has none.</param>
    internal ModelSession? Begin(string? citizen) => IsOn ? new ModelSession(this, citizen, clock) : null;

    public void Dispose()
    {
        if (kernel.IsValueCreated)
        {
            kernel.Value.Dispose();
        }
    }

    /// <summary>Sends a prompt.</summary>
    /// <param name="left">How long it may take.</param>
    /// <returns>The reply as it came and its tokens. Its text is null where there is no usable one.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a model or its network does, the turn goes on without it.")]
    internal async Task<ModelReply> AskAsync(PromptContract contract, KernelArguments values, string? citizen, TimeSpan left, CancellationToken cancellationToken)
    {
        var prompt = prompts.Value[contract];
        var sent = (prompt.Bytes + values.Values.OfType<string>().Sum(Encoding.UTF8.GetByteCount)) / ModelKernel.BytesPerToken;
        if (!IsOn || !budget.Take(citizen, sent + prompt.MaxTokens))
        {
            return new ModelReply(null, default);
        }

        var spent = new Tokens();
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Left, left);
        try
        {
            var text = await patience.Value.ExecuteAsync(
                async attempt => await kernel.Value.AskAsync(prompt, values, sent, tokens => spent += tokens, attempt.CancellationToken), context);
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
            ResilienceContextPool.Shared.Return(context);
            budget.Settle(citizen, sent + prompt.MaxTokens, spent.All);
        }
    }

    // After repeated failures no request is sent for a while, so nobody waits in vain. A reply that is late is a failure.
    // A turn that is cancelled is none. A failure that may pass is tried once more within the same time.
    private ResiliencePipeline<string> BuildPatience() => new ResiliencePipelineBuilder<string> { TimeProvider = clock }
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
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = asked => ValueTask.FromResult(asked.Context.Properties.GetValue(Left, Limit)) })
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
        TimeoutRejectedException => "no answer in time",
        BrokenCircuitException => "left alone after failures",
        ClientResultException { Status: > 0 } result => $"HTTP {result.Status}",
        _ => error.GetType().Name,
    };

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with a prompt file, all goes on without a model.")]
    private string? FindMistake(IReadOnlyList<string> processors, Lazy<PromptLibrary> prompts, Lazy<VerificationWords> words)
    {
        var mistake = MistakeOf(options, endpoint, processors);
        try
        {
            _ = mistake is null ? (prompts.Value, words.Value) : default;
        }
        catch (Exception error)
        {
            mistake = $"a file of OgpBot:PromptsDirectory can't be used (`check` tells all of it): {error.Message.Split(Environment.NewLine)[0]}";
        }

        if (mistake is not null)
        {
            Log.Off(logger, mistake);
        }
        else if (endpoint!.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            Log.Unprotected(logger, endpoint.Host);
        }

        return mistake;
    }

    // Never a setting's value: a key may have gone into the wrong one.
    private static string? MistakeOf(LlmOptions options, Uri? endpoint, IReadOnlyList<string> processors) =>
        endpoint is not { Scheme: "http" or "https", Host.Length: > 0 } ? "OgpBot:Llm:Endpoint is no address such as http://localhost:11434/v1"
        : string.IsNullOrWhiteSpace(options.Model) ? "OgpBot:Llm:Endpoint is set, and OgpBot:Llm:Model is not"
        : !ModelName().IsMatch(options.Model) ? "OgpBot:Llm:Model is no name of a model such as qwen2.5:7b"
        : string.IsNullOrEmpty(options.ApiKey) && endpoint is { Scheme: "https", IsLoopback: false }
            ? "OgpBot:Llm:ApiKey is not set; for an endpoint that asks for none set it to `none`"
        : options.ApiKey?.Any(sign => sign is <= ' ' or > '~') == true ? "OgpBot:Llm:ApiKey holds a blank, a line break or another sign that no key has"
        : options.MaxOutputTokens <= 0 ? "OgpBot:Llm:MaxOutputTokens must be more than 0"
        : processors.Contains(endpoint.Host, StringComparer.OrdinalIgnoreCase) ? null
        : $"OgpBot:Llm:Endpoint's host {endpoint.Host} is not among privacy.processors of consultation.yaml, where citizens read who gets their data";

    [GeneratedRegex(@"\A[\w./:@+-]{1,200}\z")]
    private static partial Regex ModelName();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The language model is off: {Why}")]
        internal static partial void Off(ILogger logger, string why);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Citizens' texts go to the language model at {Host} without TLS; use https unless that network is yours alone")]
        internal static partial void Unprotected(ILogger logger, string host);

        [LoggerMessage(Level = LogLevel.Information, Message = "The language model gave no usable reply to {Prompt}: {Reason}. What was found without it stands")]
        internal static partial void NoReply(ILogger logger, string prompt, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The language model fails again and again; it is left alone for {Seconds} s")]
        internal static partial void LeftAlone(ILogger logger, double seconds);
    }
}

/// <summary>Tokens of the request and of the reply. The endpoint counts them; where it does not, they are estimated.</summary>
internal readonly record struct Tokens(long Input, long Output)
{
    internal long All => Input + Output;

    public static Tokens operator +(Tokens one, Tokens other) => new(one.Input + other.Input, one.Output + other.Output);
}

/// <summary>A reply of the model and the tokens that it took.</summary>
/// <param name="Text">Null: there is no usable reply.</param>
internal readonly record struct ModelReply(string? Text, Tokens Spent);
