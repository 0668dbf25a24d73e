using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace OgpBot.Llm;

/// <summary>
/// The official OpenAI client behind <see cref="IChatClient"/>, for what we use of it: system and user messages, a JSON schema, streaming. It stands here
/// because Microsoft.Extensions.AI.OpenAI, which does the same and more, is not to be had where this is built; with it this file can go.
/// </summary>
internal sealed class OpenAIChat : IChatClient
{
    // A reply of the longest kind takes some 150 KB as events of a stream.
    private const int MostBytes = 1024 * 1024;

    private readonly HttpClient http;
    private readonly ChatClient client;

    /// <param name="key">Null: none is needed.</param>
    internal OpenAIChat(Uri endpoint, string model, string? key)
    {
        // A redirection would carry citizens' texts to a host that no notice names.
        var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        http = new HttpClient(new LimitedReplies(network, MostBytes)) { Timeout = Timeout.InfiniteTimeSpan };
        client = new ChatClient(model, new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in client.CompleteChatStreamingAsync([.. messages.Select(Translate)], Translate(options), cancellationToken).WithCancellation(cancellationToken))
        {
            List<AIContent> contents = [.. update.ContentUpdate.Where(part => part.Kind == ChatMessageContentPartKind.Text).Select(part => new TextContent(part.Text))];
            contents.AddRange(update.ToolCallUpdates.Select(call => new FunctionCallContent(call.ToolCallId ?? "", call.FunctionName ?? "")));
            if (update.Usage is { } usage)
            {
                contents.Add(new UsageContent(new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount }));
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, contents) { FinishReason = Translate(update.FinishReason) };
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(client) ? client : null;

    public void Dispose() => http.Dispose();

    private static OpenAIMessage Translate(ChatMessage message) => message.Role == ChatRole.System ? new SystemChatMessage(message.Text) : new UserChatMessage(message.Text);

    private static ChatCompletionOptions Translate(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature,
        MaxOutputTokenCount = options?.MaxOutputTokens,
        ResponseFormat = options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format
            ? OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(format.SchemaName ?? "reply", BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true)
            : null,
    };

    private static ChatFinishReason? Translate(OpenAI.Chat.ChatFinishReason? reason) => reason switch
    {
        null => null,
        OpenAI.Chat.ChatFinishReason.Stop => ChatFinishReason.Stop,
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.ToolCalls,
    };
}
