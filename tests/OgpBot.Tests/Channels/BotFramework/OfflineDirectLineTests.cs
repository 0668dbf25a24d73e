using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>Unmodified clients from npm: a local Direct Line that posts to the host, and Bot Framework's own client of it.</summary>
public sealed class OfflineDirectLineTests
{
    private static readonly string[] Packages = ["offline-directline@1.3.1", "botframework-directlinejs@0.15.8", "xhr2@0.2.1"];
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    // How the bot's message begins, and what is said to it.
    private static readonly (string Asked, string Said)[] Dialog =
    [
        ("¿Qué quiere hacer?", "Enviar un problema o propuesta"),
        ("Paso 1 de 9", "Acepto"),
        ("Paso 2 de 9", "El agua llega sólo dos horas al día a las casas de la colonia."),
        ("Paso 3 de 9", "Gobierno digital y acceso a servicios públicos"),
        ("Paso 4 de 9", "Toda la ciudad"),
        ("Paso 7 de 9", "Publicar un calendario por colonia."),
        ("Paso 8 de 9", "Prefiero no dejar datos"),
        ("Paso 9 de 9", "Enviar"),
    ];

    [Fact]
    [Trait("speed", "slow")]
    public async Task A_standard_client_files_a_whole_submission_through_a_local_Direct_Line()
    {
        TestRun.SkipUnlessAll();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestRun);
        var modules = await InstalledAsync(limit.Token);
        await using var run = await BotFrameworkRun.StartAsync();
        using var folder = new TemporaryFolder();
        var script = folder.File("script.jsonl");
        await File.WriteAllLinesAsync(script, Dialog.Select(step => JsonSerializer.Serialize(new[] { step.Asked, step.Said })), limit.Token);

        var (code, written, errors) = await RunAsync(
            "node", modules, limit.Token, Path.Combine(Repository.Tests, "Channels", "BotFramework", "offline-directline.js"), $"{run.Host.Address}api/messages", script);

        code.ShouldBe(0, errors);
        var messages = written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        var stored = (await run.StoredAsync()).ShouldHaveSingleItem();
        stored["problem"].ShouldBe(Dialog[2].Said);
        stored["channel"].ShouldBe("botframework");
        messages.Select(message => message.Text("text")).ShouldBeUnique();
        messages.ShouldContain(message => message.Text("text")!.Contains(stored["folio"], StringComparison.Ordinal));
        messages.Single(message => message.Text("text")!.StartsWith("Paso 1", StringComparison.Ordinal)).GetProperty("choices")[0].GetString().ShouldBe("Acepto");
    }

    // Kept between runs; it is moved to its place when it is whole.
    private static async Task<string> InstalledAsync(CancellationToken cancellationToken)
    {
        var place = Path.Combine(Path.GetTempPath(), $"ogpbot-npm-{string.Join('-', Packages)}");
        if (!Directory.Exists(place))
        {
            var fresh = Directory.CreateTempSubdirectory("ogpbot-npm-").FullName;
            await File.WriteAllTextAsync(Path.Combine(fresh, "package.json"), "{}", cancellationToken);
            var (code, _, errors) = await RunAsync("npm", fresh, cancellationToken, ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", .. Packages]);
            if (code != 0)
            {
                TestRun.SkipForLackOf($"npm that gives {string.Join(", ", Packages)}: {errors}");
            }

            Directory.Move(fresh, place);
        }

        return place;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = Path.Combine(folder, "node_modules");
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(cancellationToken);
                var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                return (process.ExitCode, output, await errors);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (Win32Exception)
        {
            TestRun.SkipForLackOf(program);
            throw;
        }
    }
}
