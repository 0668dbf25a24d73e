using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OgpBot.Cli;
using OgpBot.Tests.Archive.Plan;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Cli;

/// <summary>The program as a process: exit codes, what goes to which stream, and its plain sentences.</summary>
public sealed partial class CommandLineTests
{
    private static readonly string[] WholeCity =
    [
        "Enviar un problema o propuesta", "Acepto", "No hay baños públicos abiertos en el centro.", "No estoy seguro", "Toda la ciudad",
        "No tengo propuesta", "Dejar mis datos", "Persona de Prueba", "prueba@example.org", "55 0000 0000", "Enviar",
    ];

    [Fact]
    public async Task Check_finds_no_mistake_in_what_is_shipped_and_names_what_the_city_must_write()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["check"]);

        run.Code.ShouldBe(0);
        run.Errors.ShouldBeEmpty();
        run.Output.ShouldContain("(en, es): no mistakes");
        run.Output.ShouldMatch(@"consultation\.yaml:\d+: ");
        run.Output.ShouldContain("texts still to be written before Production.");
    }

    [Fact]
    public async Task A_host_ends_with_the_mistakes_of_what_it_reads_after_its_start()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        await ReplaceAsync(Path.Combine(dialogs, "criteria", "offence.yaml"), "\nclasses:", "\nclases:");

        var run = await OgpBotProcess.RunAsync(folder.Path, ["serve", "--urls", "http://127.0.0.1:0"], null, ("OgpBot__DialogsDirectory", dialogs), ("ASPNETCORE_ENVIRONMENT", "Development"));

        run.Code.ShouldBe(1);
        run.Errors.ShouldContain("offence.yaml:");
        run.Errors.ShouldContain("clases");
        run.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Check_tells_every_mistake_with_file_line_and_suggestion_on_standard_error_alone()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        await ReplaceAsync(Path.Combine(dialogs, "submission.yaml"), "goto: correct}", "goto: corect}");
        await ReplaceAsync(Path.Combine(dialogs, "folio.yaml"), "ask: folio.ask", "ask: folio.aks");
        var line = 1 + (await File.ReadAllLinesAsync(Path.Combine(dialogs, "folio.yaml"), TestContext.Current.CancellationToken))
            .Index().First(pair => pair.Item.Contains("- id: ask", StringComparison.Ordinal)).Index;

        var run = await OgpBotProcess.RunAsync(folder.Path, ["check"], null, ("OgpBot__DialogsDirectory", dialogs));

        run.Code.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain($"folio.yaml:{line}: there is no text `folio.aks`; did you mean `folio.ask`?");
        run.Errors.ShouldMatch(@"submission\.yaml:\d+: there is no step `corect` in this dialog; did you mean `correct`\?");
        run.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Check_tells_mistakes_of_the_plan_too()
    {
        using var folder = new TemporaryFolder();
        var process = Path.Combine(PlanFolder.Copy(folder), "process.yaml");
        await ReplaceAsync(process, "asOf:\n  date: 2023-06-06", "asOf:\n  date: June 2023");
        await ReplaceAsync(process, "document: oficio-adip-2023, section: Presente, words: [carta", "document: oficio-adip-2032, section: Presente, words: [carta");

        var run = await OgpBotProcess.RunAsync(folder.Path, ["check"], null, ("OgpBot__ArchiveDirectory", folder.Path));

        run.Code.ShouldBe(1);
        run.Errors.ShouldMatch(@"process\.yaml:\d+: `June 2023` is not a date");
        run.Errors.ShouldMatch(@"process\.yaml:\d+: `oficio-adip-2032` is no source; did you mean `oficio-adip-2023`\?");
        run.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Each_command_refuses_broken_data_files()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        await File.WriteAllTextAsync(Path.Combine(dialogs, "help.yaml"), "steps: [\n", TestContext.Current.CancellationToken);

        foreach (string[] command in new string[][] { ["serve", "--urls", "http://127.0.0.1:0"], ["chat"], ["export", "--format", "csv"] })
        {
            var run = await OgpBotProcess.RunAsync(folder.Path, command, null, ("OgpBot__DialogsDirectory", dialogs));

            run.Code.ShouldBe(1, command[0]);
            run.Output.ShouldBeEmpty(command[0]);
            run.Errors.ShouldMatch(@"(?m)^help\.yaml:\d+: this is not YAML", command[0]);
        }
    }

    [Fact]
    public async Task A_folder_of_dialogs_that_is_not_there_is_told_plainly()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["check"], null, ("OgpBot__DialogsDirectory", "no-such-folder"));

        run.Code.ShouldBe(1);
        run.Errors.ShouldContain("no-such-folder");
        run.Errors.ShouldContain("OgpBot:DialogsDirectory");
        run.Errors.ShouldNotContain("   at ");
    }

    public static TheoryData<string[]> WrongCalls =>
    [
        (string[])["chek"],
        (string[])["--no-such-option"],
        (string[])["export"],
        (string[])["export", "--format", "xml"],
        (string[])["export", "--format", "csv", "--since", "05/07/2026"],
        (string[])["export", "--format", "csv", "--until", "2026-02-30"],
        (string[])["chat", "--repro"],
    ];

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public void A_wrong_call_is_seen_before_anything_is_done(string[] arguments) =>
        OgpBotCommand.Build().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task A_wrong_call_ends_with_2_and_is_explained_on_standard_error()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["export", "--format", "csv", "--since", "05/07/2026"]);

        run.Code.ShouldBe(2);
        run.Errors.ShouldContain("2026-07-05");
        run.Errors.ShouldNotContain("   at ");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["--help"]);

        run.Code.ShouldBe(0);
        foreach (var command in new[] { "serve", "check", "chat", "export" })
        {
            run.Output.ShouldContain(command);
        }
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("check")]
    public async Task A_database_that_does_not_exist_yet_is_refused_in_a_plain_sentence(string command)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = command == "serve" ? ["serve", "--urls", "http://127.0.0.1:0"] : [command];

        var run = await OgpBotProcess.RunAsync(
            folder.Path, arguments, null, ("OgpBot__Database__Provider", "PostgreSQL"), ("ASPNETCORE_ENVIRONMENT", "Development"));

        run.Code.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.Trim().ShouldBe("OgpBot:Database:Provider is `PostgreSQL`; only `Sqlite` exists so far.");
    }

    [Fact]
    public async Task Serve_refuses_the_public_while_the_notice_has_holes()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["serve", "--urls", "http://127.0.0.1:0"], null, ("ASPNETCORE_ENVIRONMENT", "Production"));

        run.Code.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldMatch(@"consultation\.yaml:\d+: ");
        run.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Serve_prints_its_address_alone_and_answers_there()
    {
        using var folder = new TemporaryFolder();
        using var process = OgpBotProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], ("ASPNETCORE_ENVIRONMENT", "Development"));
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

            var address = AddressLine().Match(line ?? "").Groups["address"].Value;
            address.ShouldNotBeEmpty(line);
            using var citizen = await CitizenClient.StartAsync(new Uri(address));
            (await citizen.SayAsync("menú")).ShouldBe("¿Qué quiere hacer?");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_plainly()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var run = await OgpBotProcess.RunAsync(
            folder.Path, ["serve", "--urls", $"http://{taken.LocalEndpoint}"], null, ("ASPNETCORE_ENVIRONMENT", "Development"));

        run.Code.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(taken.LocalEndpoint.ToString()!);
        run.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task A_chat_in_the_terminal_files_a_submission_and_writes_a_golden_conversation(string language)
    {
        using var folder = new TemporaryFolder();
        var repro = folder.File("played.txt");
        string[] answers = language == "es"
            ? WholeCity
            : ["1", "1", "There are no public toilets downtown.", "6", "4", "1", "2", "Persona de Prueba", "prueba@example.org", "55 0000 0000", "1"];

        var run = await OgpBotProcess.RunAsync(folder.Path, ["chat", "--repro", repro, "--language", language], string.Join('\n', answers) + "\n");

        run.Code.ShouldBe(0, run.Errors);
        run.Errors.ShouldBeEmpty();
        var folio = Folio().Match(run.Output).Value;
        folio.ShouldNotBeEmpty();
        var export = await OgpBotProcess.RunAsync(folder.Path, ["export", "--format", "csv"]);
        export.Output.ShouldContain($"\r\n{folio},");
        var played = await File.ReadAllTextAsync(repro, TestContext.Current.CancellationToken);
        played.ShouldContain($"> {answers[2]}\n");

        // The same conversation but for the number that was drawn, and its key.
        var replayed = await new GoldenConversation(played).PlayAsync();
        WithoutReceipt(replayed).ShouldBe(WithoutReceipt(played));
    }

    [Fact]
    public async Task A_language_that_has_no_texts_is_refused_before_the_chat_begins()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["chat", "--language", "fr"], "1\n");

        run.Code.ShouldNotBe(0);
        run.Errors.ShouldContain("fr");
        run.Output.ShouldBeEmpty();
    }

    private static async Task ReplaceAsync(string file, string from, string to)
    {
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        text.ShouldContain(from);
        await File.WriteAllTextAsync(file, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    private static string WithoutReceipt(string transcript) => Key().Replace(Folio().Replace(transcript, ""), "");

    [GeneratedRegex("(?m)^\\| [0-9A-Z]{4}(-[0-9A-Z]{4}){3}$")]
    private static partial Regex Key();

    [GeneratedRegex("PAGA-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")]
    private static partial Regex Folio();

    [GeneratedRegex(@"(?<address>http://127\.0\.0\.1:\d+)/?$")]
    private static partial Regex AddressLine();
}
