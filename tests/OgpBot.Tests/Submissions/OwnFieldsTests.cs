using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Export;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Submissions;

/// <summary>Another city adds fields to its form by editing data alone: a choice, a number, a day, and one of contact data.</summary>
public sealed class OwnFieldsTests
{
    [Fact]
    public async Task A_field_of_a_citys_own_is_asked_shown_kept_exported_corrected_and_copied()
    {
        using var folder = new TemporaryFolder();
        await using var host = await CityAsync(folder);
        using var citizen = await FiledAsync(host);

        var summary = (await citizen.ActivitiesAsync()).Last(activity => activity.Text("text")!.Contains("Revise su aporte", StringComparison.Ordinal)).Text("text")!;
        summary.ShouldContain("Quiénes: Personas mayores\nPersonas: 1200\nDesde: 5 de julio de 2026");
        summary.ShouldContain("Enlace vecinal: Vecina de la esquina");

        var row = (await RowsAsync(host)).ShouldHaveSingleItem();
        row["groups"].ShouldBe("Personas mayores");
        row["people"].ShouldBe("1200");
        row["since"].ShouldBe("5 de julio de 2026");
        row["neighbour"].ShouldBe("Vecina de la esquina");
        row.Keys.TakeLast(4).ShouldBe(["groups", "people", "since", "neighbour"]);
        (await RowsAsync(host, withContact: false)).ShouldHaveSingleItem().Keys.ShouldNotContain("neighbour");
        (await FoundByAsync(host, "groups", "old")).ShouldBe(1);
        (await FoundByAsync(host, "groups", "children")).ShouldBe(0);
        (await FoundByAsync(host, "people", "120")).ShouldBe(0);
        (await FoundByAsync(host, "neighbour", "Vecina de la esquina")).ShouldBe(0, "contact data find nothing");

        foreach (var text in new[] { "Mis aportes", "Corregirlo", "Quiénes", "Niñas y niños", "Sí, cambiar" })
        {
            await citizen.SayAsync(text);
        }

        (await RowsAsync(host)).ShouldHaveSingleItem()["groups"].ShouldBe("Niñas y niños");
        await citizen.SayAsync("Copia en JSON");
        var copy = JsonNode.Parse((await citizen.ActivitiesAsync()).Last(activity => activity.Text("text")!.StartsWith('{')).Text("text")!)!;
        copy["own_fields"]!.AsObject().Select(field => $"{field.Key}: {field.Value}").ShouldBe(["groups: Niñas y niños", "people: 1200", "since: 5 de julio de 2026", "neighbour: Vecina de la esquina"]);
        copy["earlier_versions"]![0]!["own_fields"]!["groups"]!.GetValue<string>().ShouldBe("Personas mayores");
    }

    [Fact]
    public async Task A_field_of_contact_data_goes_on_the_citizens_word()
    {
        using var folder = new TemporaryFolder();
        await using var host = await CityAsync(folder);
        using var citizen = await FiledAsync(host);

        foreach (var text in new[] { "Mis aportes", "Mis datos de contacto", "Borrarlos" })
        {
            await citizen.SayAsync(text);
        }

        (await RowsAsync(host)).ShouldHaveSingleItem()["neighbour"].ShouldBe("");
        (await citizen.ActivitiesAsync()).ShouldNotContain(activity => activity.Text("text")!.Contains("Vecina de la esquina", StringComparison.Ordinal));
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await database.Set<Contact>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory]
    [InlineData("unas 30 o 40", "Escriba un número entre 1 y 100,000, por ejemplo 30.")]
    [InlineData("muchas", "Escriba un número entre 1 y 100,000, por ejemplo 30.")]
    [InlineData("0", "Escriba un número entre 1 y 100,000, por ejemplo 30.")]
    [InlineData("30.5", "Escriba un número entre 1 y 100,000, por ejemplo 30.")]
    [InlineData("como 30 familias", "¿Desde cuándo?")]
    public async Task A_number_is_found_in_a_sentence_and_only_one(string text, string answer)
    {
        using var folder = new TemporaryFolder();
        await using var host = await CityAsync(folder);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        await SayAllAsync(citizen, UntilPeople);

        (await citizen.SayAsync(text)).ShouldContain(answer);
    }

    [Theory]
    [InlineData("el 5 de julio del 2026", "¿Quién es el enlace")]
    [InlineData("05/07/2026", "¿Quién es el enlace")]
    [InlineData("2026-07-05", "¿Quién es el enlace")]
    [InlineData("5 julio 2026", "¿Quién es el enlace")]
    [InlineData("31/02/2026", "Escriba un día con su año")]
    [InlineData("en julio", "Escriba un día con su año")]
    [InlineData("hace un mes", "Escriba un día con su año")]
    public async Task A_day_is_read_as_people_write_it(string text, string answer)
    {
        using var folder = new TemporaryFolder();
        await using var host = await CityAsync(folder);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        await SayAllAsync(citizen, [.. UntilPeople, "30"]);

        (await citizen.SayAsync(text)).ShouldContain(answer);
    }

    private static readonly string[] UntilPeople =
        ["1", "Acepto", "En mi colonia el agua llega sólo dos horas al día y nadie avisa cuándo.", "2", "Toda la ciudad", "No tengo propuesta", "Dejar mis datos", "Omitir", "Omitir", "Omitir", "Personas mayores"];

    private static async Task<CitizenClient> FiledAsync(TestHost host)
    {
        var citizen = await CitizenClient.StartAsync(host.Address);
        await SayAllAsync(citizen, [.. UntilPeople, "como 1,200", "5 de julio de 2026", "Vecina de la esquina", "Enviar"]);
        return citizen;
    }

    private static async Task SayAllAsync(CitizenClient citizen, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            await citizen.SayAsync(text);
        }
    }

    private static async Task<List<Dictionary<string, string>>> RowsAsync(TestHost host, bool withContact = true)
    {
        var (export, filter) = (host.Get<SubmissionExport>(), new ExportFilter(WithContact: withContact));
        return await export.RowsAsync(filter, TestContext.Current.CancellationToken)
            .Select(row => export.ColumnsFor(filter).Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<int> FoundByAsync(TestHost host, string slot, string value) => await host.Get<SubmissionExport>()
        .RowsAsync(new ExportFilter { Fields = new Dictionary<string, string> { [slot] = value } }, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken);

    private static Task<TestHost> CityAsync(TemporaryFolder folder)
    {
        var dialogs = folder.CopyDialogs();
        Edit(dialogs, "form.yaml", "  - {slot: contact, kind: choice", """
              - {slot: groups, kind: choice, label: own.groups, keeps: public, corrected: true}
              - {slot: people, kind: number, label: own.people, keeps: public}
              - {slot: since, kind: date, label: own.since, keeps: public}
              - {slot: neighbour, kind: text, label: own.neighbour, keeps: contact}

            """);
        Edit(dialogs, "submission.yaml", "  - {id: mark-summary", """
              - id: groups
                choose: own.groups_ask
                slot: groups
                progress: 8
                choices: [{value: old, label: own.groups_old}, {value: children, label: own.groups_children}]
              - {id: people, number: own.people_ask, slot: people, progress: 8, min: 1, max: 100000}
              - {id: since, date: own.since_ask, slot: since, progress: 8}

            """);
        Edit(dialogs, "submission.yaml", "  - {id: mark-summary", """
              - {id: neighbour, ask: own.neighbour_ask, slot: neighbour, progress: 8, max: 200, when: {slot: contact, is: given}}

            """);
        Edit(dialogs, "mine.yaml", "      - {label: mine.field_where", "      - {label: own.groups, goto: new-groups, clears: *new}\n");
        Edit(dialogs, "mine.yaml", "  - {id: new-scope,", """
              - id: new-groups
                choose: own.groups_ask
                slot: new_groups
                choices: [{value: old, label: own.groups_old}, {value: children, label: own.groups_children}]
              - {id: new-groups-sure, branch: [{goto: sure}]}

            """);
        Edit(dialogs, "mine.yaml", "new_borough, new_place]", null, "new_borough, new_place, new_groups]");
        foreach (var language in new[] { "es", "en" })
        {
            File.AppendAllText(Path.Combine(dialogs, $"texts.{language}.yaml"), """

                own:
                  groups: Quiénes
                  groups_ask: ¿A quiénes afecta más?
                  groups_old: Personas mayores
                  groups_children: Niñas y niños
                  people: Personas
                  people_ask: ¿A cuántas personas?
                  since: Desde
                  since_ask: ¿Desde cuándo?
                  neighbour: Enlace vecinal
                  neighbour_ask: ¿Quién es el enlace de sus vecinos?
                """);
        }

        return TestHost.StartAsync(folder.Path, new Dictionary<string, string?> { ["OgpBot:DialogsDirectory"] = dialogs });
    }

    private static void Edit(string dialogs, string file, string before, string? added, string? instead = null)
    {
        var path = Path.Combine(dialogs, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(before);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), added, instead ?? before, text.AsSpan(at + before.Length)));
    }
}
