using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>What must stay in the house is in no request, byte for byte.</summary>
public sealed class CanaryTests(ModelHost shared) : IClassFixture<ModelHost>
{
    private const string Name = "Zenaida Quetzalli Canario";
    private const string Email = "canario.propio@ejemplo.mx";
    private const string Phone = "55 8765 4321";
    private const string Other = "colibrí de otra plática";

    [Fact]
    public async Task Contact_data_ids_folios_tokens_and_other_conversations_are_in_no_request()
    {
        shared.Model.Forget();
        using var other = await CitizenClient.StartAsync(shared.Host.Address);
        await other.SayAsync("Preguntar sobre el proceso");
        using var citizen = await CitizenClient.StartAsync(shared.Host.Address);
        foreach (var said in new[] { "1", "Acepto", "En la colonia no hay luz en la calle desde hace meses.", "No estoy seguro", "Toda la ciudad", "No tengo propuesta", "Dejar mis datos", Name, Email, Phone })
        {
            await citizen.SayAsync(said);
        }

        // The text again, with her own data in it.
        foreach (var said in new[]
        {
            "Corregir", "Problema", $"Soy {Name}, en la colonia no hay luz en la calle. Llamen al {Phone} o a {Email}.",
        })
        {
            await citizen.SayAsync(said);
        }

        await citizen.SayAsync("Enviar así");
        await citizen.SayAsync("Omitir");
        var thanks = await citizen.SayAsync("Enviar");
        var texts = (await citizen.ActivitiesAsync()).Where(activity => activity.TryGetProperty("text", out _)).Select(activity => activity.GetProperty("text").GetString()!).ToList();
        var folio = texts.SelectMany(text => text.Split('\n')).First(line => line.StartsWith("PAGA-", StringComparison.Ordinal));
        var key = texts.SelectMany(text => text.Split('\n')).SkipWhile(line => line != "Su clave privada es:").ElementAt(1);
        var before = shared.Model.Requests.Count;
        before.ShouldBeGreaterThan(1);
        await other.SayAsync($"¿Qué dice el granizo del {Other}?");
        await citizen.SayAsync("Preguntar sobre el proceso");
        await citizen.SayAsync($"¿Qué rompió el granizo de junio según {folio} y {folio.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)} o {key} o mi celular {Phone}?");
        await citizen.SayAsync("¿Qué rompió el granizo de junio?");
        shared.Model.Requests.Count.ShouldBeGreaterThan(before + 1, thanks);

        string[] canaries =
        [
            Name, "Zenaida", Email, Phone, "87654321", folio, folio.Replace("-", " ", StringComparison.Ordinal), folio[5..9], key, key[..4],
            citizen.Token, citizen.Conversation, other.Token, other.Conversation, ScriptedModel.Key,
        ];
        foreach (var request in shared.Model.Requests)
        {
            foreach (var canary in canaries)
            {
                request.Body.Contains(canary, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{canary} in {request.Prompt}");
            }

            if (!((string?)request.Data["question"] ?? "").Contains(Other, StringComparison.Ordinal))
            {
                request.Body.ShouldNotContain(Other);
            }
        }
    }
}
