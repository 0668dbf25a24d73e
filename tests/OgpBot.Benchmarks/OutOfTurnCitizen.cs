namespace OgpBot.Benchmarks;

/// <summary>Fills the form by its buttons as far as a step, in Spanish, and then says something else. The labels are those of the submission dialog.</summary>
internal sealed class OutOfTurnCitizen(DirectLineConversation conversation, IReadOnlyDictionary<string, string?> draft)
{
    // The check of a text may ask something more.
    private const int MostFindings = 4;

    // A text that one criterion doubts: it speaks of one person's house.
    private const string Doubtful = "En mi casa no hay agua y a mí no me la arreglan, quiero que me la arreglen a mí.";

    /// <summary>Goes on until that step waits.</summary>
    public async Task ReachAsync(string step, CancellationToken cancellation)
    {
        Task<IReadOnlyList<string>> SayAsync(string text) => conversation.ExchangeAsync(text, cancellation);

        if (step == "menu") return;
        if (step == "offer")
        {
            await SayAsync(draft["problem"]!);
            return;
        }

        await SayAsync("Enviar un problema o propuesta");
        if (step == "notice") return;
        await SayAsync("Acepto");
        if (step == "problem") return;
        if (step == "doubt")
        {
            await SayAsync(Doubtful);
            return;
        }

        var replies = await SayAsync(draft["problem"]!);
        for (var finding = 0; finding < MostFindings && !IsAt(replies, 3); finding++)
        {
            replies = await SayAsync(replies[^1] switch
            {
                var last when Has(last, "Enviar así") => "Enviar así, que lo revise una persona",
                var last when Has(last, "Enviarlo al plan") => "Enviarlo al plan",
                _ => "Omitir",
            });
        }

        if (step == "axis") return;
        await SayAsync(draft["axis"]!);
        if (step == "scope") return;
        if (step == "resume")
        {
            foreach (var said in (string[])["cancelar", "Guardarlo para después", "No hace falta", "enviar"]) await SayAsync(said);
            return;
        }

        replies = await SayAsync(draft["scope"]!);
        if (IsAt(replies, 5) && step == "borough") return;
        if (IsAt(replies, 5)) replies = await SayAsync(draft["borough"] ?? "Coyoacán");
        if (IsAt(replies, 6) && step == "place") return;
        if (IsAt(replies, 6)) replies = await SayAsync(draft["place"] ?? "Omitir");
        if (step is "borough" or "place" or "proposal") return;
        replies = await SayAsync(draft["proposal"] ?? "No tengo propuesta");
        for (var finding = 0; finding < MostFindings && !IsAt(replies, 8); finding++)
        {
            replies = await SayAsync(Has(replies[^1], "por qué") ? "Omitir" : "Enviar así, que lo revise una persona");
        }

        if (step == "contact") return;
        await SayAsync("Prefiero no dejar datos");
        if (step == "summary") return;
        await SayAsync("Enviar");
    }

    private static bool IsAt(IReadOnlyList<string> replies, int progress) => replies.Any(reply => Has(reply, $"Paso {progress} "));

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.Ordinal);
}
