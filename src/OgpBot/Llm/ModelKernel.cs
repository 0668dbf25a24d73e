using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;
using OpenAI.Chat;

namespace OgpBot.Llm;

/// <summary>
/// Sends prompts by Semantic Kernel to one chat service. Semantic Kernel gets no logger: its log would hold prompts and replies.
/// A request is tried once. The caller repeats it and limits its time.
/// </summary>
internal sealed class ModelKernel : IDisposable
{
    // UTF-8 bytes of a token of Spanish or JSON. A low figure: the estimate is rather too high.
    internal const int BytesPerToken = 3;

    // Characters of a token of a reply. A longer reply does not follow our schemas.
    private const int CharactersPerToken = 8;

    // The longest reply takes some 150 KB as a stream of events.
    private const int MostBytes = 1024 * 1024;

    private readonly HttpClient? http;
    private readonly Kernel kernel;

    internal ModelKernel(IChatCompletionService chat, HttpClient? http = null) =>
        (this.http, kernel) = (http, new Kernel(new ServiceCollection().AddSingleton(chat).BuildServiceProvider()));

    /// <param name="key">Null: none is needed.</param>
    internal static ModelKernel Connect(Uri endpoint, string model, string? key)
    {
        // A redirection would carry citizens' texts to a host that no notice names.
        var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var http = new HttpClient(new ReplySizeHandler(network, MostBytes)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OpenAIClient(new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        return new ModelKernel(new OpenAIChatCompletionService(model, client), http);
    }

    /// <summary>Sends a prompt once.</summary>
    /// <param name="sent">Estimated tokens of the request, for an endpoint that does not count them.</param>
    /// <param name="count">Gets the tokens that were spent, also when the request fails.</param>
    /// <exception cref="UnusableReplyException">The reply is too long, was cut off or calls a tool.</exception>
    internal async Task<string> AskAsync(Prompt prompt, KernelArguments values, int sent, Action<Tokens> count, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        ChatTokenUsage? usage = null;
        var finish = "nothing";
        try
        {
            await foreach (var update in kernel.InvokeStreamingAsync<StreamingChatCompletionUpdate>(prompt.Function, values, cancellationToken))
            {
                finish = update.FinishReason?.ToString() ?? finish;
                usage = update.Usage ?? usage;
                text.AppendJoin("", update.ContentUpdate.Select(part => part.Text));
                if (update.ToolCallUpdates.Count > 0)
                {
                    throw new UnusableReplyException("a tool was called that nobody offered");
                }

                if (text.Length > prompt.MaxTokens * CharactersPerToken)
                {
                    throw new UnusableReplyException("too long");
                }
            }
        }
        finally
        {
            // Some endpoints report negative numbers.
            count(usage is { InputTokenCount: >= 0, OutputTokenCount: >= 0 }
                ? new Tokens(usage.InputTokenCount, usage.OutputTokenCount)
                : new Tokens(sent, text.Length / BytesPerToken));
        }

        return finish == nameof(ChatFinishReason.Stop) ? text.ToString() : throw new UnusableReplyException($"it ended with `{finish}`");
    }

    public void Dispose() => http?.Dispose();
}
