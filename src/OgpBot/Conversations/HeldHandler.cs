using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Conversations;

/// <summary>Tells a citizen all that is held of her, room by room; <c>with: {form: json}</c> as one copy for machines.</summary>
internal sealed class HeldHandler(IEnumerable<IHeldData> rooms) : ICallHandler
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CallContract Contract { get; } = new("privacy.held", ["told"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var held = new List<HeldData>();
        foreach (var room in rooms)
        {
            held.Add(await room.TellAsync(call, context, cancellationToken));
        }

        var text = call.With.GetValueOrDefault("form") == "json"
            ? new JsonObject(held.Select(part => KeyValuePair.Create(part.Name, (JsonNode?)part.Copy))).ToJsonString(Readable)
            : string.Join('\n', held.Select(part => part.Text));
        return new CallAnswer(new CallResult("told")) { Says = [text] };
    }
}
