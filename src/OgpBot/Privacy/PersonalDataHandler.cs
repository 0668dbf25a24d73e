using System.Text.Json.Nodes;
using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Privacy;

/// <summary>Tells a citizen all that is held of her, room by room; <c>with: {form: json}</c> as one copy for machines.</summary>
internal sealed class PersonalDataHandler(IEnumerable<IPersonalData> rooms) : ICallHandler
{
    public CallContract Contract { get; } = new("privacy.held", ["told"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var held = new List<PersonalData>();
        foreach (var room in rooms)
        {
            held.Add(await room.TellAsync(call, context, cancellationToken));
        }

        var text = call.With.GetValueOrDefault("form") == "json"
            ? PersonalData.Write(new JsonObject(held.Select(part => KeyValuePair.Create(part.Name, (JsonNode?)part.Copy))))
            : string.Join('\n', held.Select(part => part.Text));
        return new CallAnswer(new CallResult("told")) { Says = [text] };
    }
}
