using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OgpBot.Settings;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Hosting;

/// <summary>What operators copy: <c>appsettings.example.json</c>.</summary>
public sealed class ExampleSettingsTests
{
    private static readonly string Example = Path.Combine(Repository.Root, "appsettings.example.json");

    [Fact]
    public async Task The_example_names_every_setting_and_nothing_else()
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Example, TestContext.Current.CancellationToken));

        Keys(file.RootElement, "").Order(StringComparer.Ordinal).ShouldBe(Settings(typeof(OgpBotOptions), "OgpBot").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_changes_nothing()
    {
        var bound = new OgpBotOptions();
        new ConfigurationBuilder().AddJsonFile(Example).Build().GetSection(OgpBotOptions.Section).Bind(bound, options => options.ErrorOnUnknownConfiguration = true);

        Values(bound).ShouldBe(Values(new OgpBotOptions()));
    }

    [Fact]
    public async Task A_host_starts_and_talks_with_the_example_as_its_settings()
    {
        using var folder = new TemporaryFolder();
        var settings = new ConfigurationBuilder().AddJsonFile(Example).Build().AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key is not ("OgpBot:DataDirectory" or "OgpBot:DialogsDirectory" or "OgpBot:ArchiveDirectory" or "OgpBot:PromptsDirectory")).ToDictionary();
        await using var host = await TestHost.StartAsync(folder.Path, settings);
        using var citizen = await CitizenClient.StartAsync(host.Address);

        (await citizen.SayAsync("menú")).ShouldBe("¿Qué quiere hacer?");
        using var secretless = await citizen.Http.PostAsync("/v3/directline/tokens/generate", null, TestContext.Current.CancellationToken);
        await secretless.ShouldBeErrorAsync(403);
    }

    private static bool IsGroup(Type type) => type.Namespace == typeof(OgpBotOptions).Namespace;

    private static IEnumerable<string> Settings(Type type, string path) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => IsGroup(property.PropertyType) ? Settings(property.PropertyType, $"{path}:{property.Name}") : [$"{path}:{property.Name}"]);

    private static IEnumerable<string> Keys(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Keys(member.Value, path.Length > 0 ? $"{path}:{member.Name}" : member.Name))
        : [path];

    // An empty text is as good as none.
    private static IEnumerable<string> Values(object group) => group.GetType().GetProperties().SelectMany(property => property.GetValue(group) switch
    {
        null => [$"{property.Name}="],
        { } nested when IsGroup(nested.GetType()) => Values(nested),
        IEnumerable<string> list => [$"{property.Name}={string.Join(',', list)}"],
        var value => [$"{property.Name}={value}"],
    });
}
