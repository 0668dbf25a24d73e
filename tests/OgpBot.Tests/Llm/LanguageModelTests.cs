using System.Net;
using OgpBot.Conversations.Turns;
using OgpBot.Llm;
using OgpBot.Tests.Archive;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>When the model is asked at all: the notice, the switch, the budgets; and who waits for it.</summary>
public sealed class LanguageModelTests : IAsyncLifetime
{
    private const string Question = "¿Qué rompió el granizo de junio?";

    private readonly TemporaryFolder folder = new();
    private readonly LogLines log = new();
    private ScriptedModel model = null!;
    private Dictionary<string, string?> settings = null!;

    public async ValueTask InitializeAsync()
    {
        model = await ScriptedModel.StartAsync();
        settings = model.Settings(folder);
        foreach (var (name, value) in SmallArchive.Settings(folder))
        {
            settings[name] = value;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await model.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_host_that_the_notice_does_not_name_gets_nothing_and_the_log_says_why_once()
    {
        settings["OgpBot:Llm:Endpoint"] = model.Endpoint.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await using var host = await StartAsync();

        await AskAsync(host);
        await AskAsync(host);

        model.Requests.ShouldBeEmpty();
        log.All.Count(line => line.Contains("localhost is not among privacy.processors", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("Llm:Endpoint", "a place", "OgpBot:Llm:Endpoint is no address")]
    [InlineData("Llm:Endpoint", "ftp://127.0.0.1/v1", "OgpBot:Llm:Endpoint is no address")]
    [InlineData("Llm:Endpoint", "sk-key-in-the-wrong-place", "OgpBot:Llm:Endpoint is no address")]
    [InlineData("Llm:Endpoint", "http://model.example/v1", "OgpBot:Llm:Endpoint's host model.example is not among privacy.processors")]
    [InlineData("Llm:Model", "", "OgpBot:Llm:Model is not")]
    [InlineData("Llm:Model", "the big one", "OgpBot:Llm:Model is no name")]
    [InlineData("Llm:ApiKey", "sk-key\n", "OgpBot:Llm:ApiKey holds")]
    [InlineData("Llm:ApiKey", "clé", "OgpBot:Llm:ApiKey holds")]
    [InlineData("Llm:MaxOutputTokens", "0", "OgpBot:Llm:MaxOutputTokens must be")]
    [InlineData("PromptsDirectory", "/no/such/folder", "OgpBot:PromptsDirectory")]
    public async Task A_setting_that_can_not_be_turns_the_model_off_and_is_told_once(string name, string value, string told)
    {
        settings[$"OgpBot:{name}"] = value;
        await IsOffAsync(told);
        log.All.ShouldAllBe(line => !line.Contains("sk-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cloud_without_a_key_is_off()
    {
        settings["OgpBot:Llm:Endpoint"] = "https://model.example/v1";
        settings["OgpBot:Llm:ApiKey"] = "";
        await IsOffAsync("OgpBot:Llm:ApiKey is not set");
    }

    [Theory]
    [InlineData("rephrase-question.yaml", "{{data}}", "{{dato}}", "rephrase-question.yaml:14: `dato` is not among")]
    [InlineData("answer-question.yaml", "name: answer-question", "name: [", "answer-question.yaml: this is not YAML")]
    [InlineData("verification/words.yaml", "match: ", "match: (", "words.yaml:")]
    public async Task A_prompt_file_with_a_mistake_turns_the_model_off_and_is_told_once(string file, string right, string wrong, string told)
    {
        var prompts = Directory.CreateDirectory(folder.File("prompts/verification")).Parent!.FullName;
        foreach (var shipped in Directory.GetFiles(Repository.Prompts, "*.yaml", SearchOption.AllDirectories))
        {
            File.Copy(shipped, Path.Combine(prompts, Path.GetRelativePath(Repository.Prompts, shipped)));
        }

        var path = Path.Combine(prompts, file);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text.Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        settings["OgpBot:PromptsDirectory"] = prompts;
        await IsOffAsync(told);
    }

    [Fact]
    public async Task Semantic_Kernel_is_loaded_only_where_there_is_a_model()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what a process has loaded is read from /proc");

        // Of Semantic Kernel the abstractions are found by EF Core, which looks at all types of the program.
        string[] wanted = ["Microsoft.SemanticKernel.Core", "Microsoft.SemanticKernel.Connectors.OpenAI", "Microsoft.Extensions.AI", "OpenAI.dll", "System.ClientModel", "Handlebars.dll"];
        async Task<IEnumerable<string>> LoadedAsync(Dictionary<string, string?> settings)
        {
            using var host = await SeparateHost.StartAsync(
                folder.Path, SeparateHost.FreeAddress(), TestContext.Current.CancellationToken, [.. settings.Select(pair => (pair.Key, pair.Value!))]);
            host.HasLoaded("OgpBot.Dialogs.dll").ShouldBe(true);
            return wanted.Where(name => host.HasLoaded(name) == true).ToList();
        }

        (await LoadedAsync([])).ShouldBeEmpty();
        (await LoadedAsync(settings)).ShouldContain("Microsoft.SemanticKernel.Core");
    }

    [Fact]
    public async Task The_switch_works_at_once_on_a_host_that_runs()
    {
        await using var host = await StartAsync();
        await AskAsync(host);
        var asked = model.Requests.Count;

        (await CommandAsync("off")).ShouldBe("off: switched off\n");
        await AskAsync(host);
        model.Requests.Count.ShouldBe(asked);
        (await CommandAsync("status")).ShouldBe("off: switched off\n");

        (await CommandAsync("on")).ShouldBe($"on: {ScriptedModel.Name} at 127.0.0.1\n");
        await AskAsync(host);
        model.Requests.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task A_days_tokens_are_spent_once_the_log_says_so_once_and_a_restart_gives_none()
    {
        // Four replies at most; what a request takes before is more than it costs.
        settings["OgpBot:Llm:TokensPerDay"] = $"{4 * (ScriptedModel.InputTokens + ScriptedModel.OutputTokens)}";
        var host = await StartAsync();
        await AskManyAsync(host, 8);
        var asked = model.Requests.Count;
        asked.ShouldBeInRange(1, 4);
        log.All.Count(line => line.Contains("tokens of today", StringComparison.Ordinal)).ShouldBe(1);
        await host.DisposeAsync();

        await using var again = await StartAsync();
        await AskManyAsync(again, 2);
        model.Requests.Count.ShouldBe(asked);

        again.Clock.Advance(TimeSpan.FromDays(1));
        await AskManyAsync(again, 1);
        model.Requests.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task A_citizen_has_a_share_and_others_have_theirs()
    {
        settings["OgpBot:Llm:TokensPerCitizenPerDay"] = $"{2 * (ScriptedModel.InputTokens + ScriptedModel.OutputTokens)}";
        await using var host = await StartAsync();
        var talk = await AskingAsync(host, "one");
        for (var time = 0; time < 5; time++)
        {
            await talk.SayAsync(Question);
        }

        var asked = model.Requests.Count;
        asked.ShouldBeInRange(1, 2);
        await (await AskingAsync(host, "other")).SayAsync(Question);
        model.Requests.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task A_model_that_keeps_one_citizen_waiting_keeps_no_other_nor_the_database()
    {
        model.Behaviour = (_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        await using var host = await StartAsync();
        var slow = await AskingAsync(host, "slow");
        var asked = model.WhenAskedAsync();
        await slow.SendAsync(Question);
        await asked;
        host.Get<TurnQueue>().IsBusy("slow").ShouldBeTrue();

        // All of another's dialog, with its writes, while the first still waits.
        await CommandAsync("off");
        var quick = await Talk.BeginAsync(host, "quick");
        foreach (var said in new[] { "1", "Acepto", "En la colonia no hay luz en la calle desde hace meses.", "No estoy seguro", "Toda la ciudad", "No tengo propuesta", "Prefiero no dejar datos" })
        {
            await quick.SayAsync(said);
        }

        (await quick.SayAsync("Enviar"))[0].ShouldContain("Su folio es");
        host.Get<TurnQueue>().IsBusy("slow").ShouldBeTrue();
    }

    [Fact]
    public async Task The_notice_tells_who_gets_what()
    {
        await using var host = await StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };

        var page = WebUtility.HtmlDecode(await http.GetStringAsync("/privacidad", TestContext.Current.CancellationToken));

        page.ShouldContain("<p>Nadie más. Un modelo de lenguaje en nuestro propio equipo ayuda");
        page.ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task The_notice_names_a_host_of_others()
    {
        var consultation = Path.Combine(settings["OgpBot:DialogsDirectory"]!, "consultation.yaml");
        var data = await File.ReadAllTextAsync(consultation, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(consultation, data.Replace("[127.0.0.1]", "[model.example]", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        settings["OgpBot:Llm:Endpoint"] = "https://model.example/v1";
        await using var host = await StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };

        (await http.GetStringAsync("/privacidad?lang=en", TestContext.Current.CancellationToken)).ShouldContain("<p>model.example. A language model at model.example helps");
    }

    // The host serves as it would without a model, and operators are told why.
    private async Task IsOffAsync(string told)
    {
        await using var host = await StartAsync();

        await AskAsync(host);

        model.Requests.ShouldBeEmpty();
        log.All.Where(line => line.Contains("The language model is off", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain(told);
        host.Get<LanguageModel>().Host.ShouldBeNull();
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(folder.Path, settings, log.AddTo);

    private static async Task<Talk> AskingAsync(TestHost host, string id)
    {
        var talk = await Talk.BeginAsync(host, id);
        await talk.SayAsync("Preguntar sobre el proceso");
        return talk;
    }

    private static async Task AskManyAsync(TestHost host, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await AskAsync(host);
        }
    }

    // As another's page asks, which needs no conversation. The document has not been added: cards are sources too.
    private static async Task AskAsync(TestHost host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var content = new StringContent($$"""{"question":"{{Question}}"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/api/ask", content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> CommandAsync(string word)
    {
        (string, string)[] environment = [.. settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))];
        var run = await OgpBotProcess.RunAsync(folder.Path, ["model", word], null, environment);
        run.Code.ShouldBe(0, run.Errors);
        return run.Output;
    }
}
