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
/// Semantic Kernel with one service, and no logger, since its log would hold prompts and replies. It tries once: who asks knows how often, and for how long.
/// It is loaded with the first use of a model. (Its abstractions alone are found sooner: EF Core looks at all our types, and one of them is a template of its.)
/// </summary>
internal sealed class ModelKernel : IDisposable
{
    // UTF-8 bytes of a token of Spanish or JSON, on the low side: what is taken before is rather too much.
    internal const int BytesPerToken = 3;

    // Of a token of a reply; a longer one is no reply to our schemas.
    private const int CharactersPerToken = 8;

    // A reply of the longest kind takes some 150 KB as events of a stream.
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
        var http = new HttpClient(new LimitedReplies(network, MostBytes)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OpenAIClient(new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        return new ModelKernel(new OpenAIChatCompletionService(model, client), http);
    }

    /// <summary>Asks once.</summary>
    /// <param name="sent">Tokens that it takes to ask, for an endpoint that does not count.</param>
    /// <param name="count">Is told what was spent, whatever comes of it.</param>
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
            // What a host says of itself is believed only where it can be.
            count(usage is { InputTokenCount: >= 0, OutputTokenCount: >= 0 }
                ? new Tokens(usage.InputTokenCount, usage.OutputTokenCount)
                : new Tokens(sent, text.Length / BytesPerToken));
        }

        return finish == nameof(ChatFinishReason.Stop) ? text.ToString() : throw new UnusableReplyException($"it ended with `{finish}`");
    }

    public void Dispose() => http?.Dispose();
}
