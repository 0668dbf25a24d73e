using OgpBot.Archive.Answers.Composed;
using OgpBot.Criteria.Reading;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>Prompts as data: those that are shipped, and mistakes with their line.</summary>
public sealed class PromptLibraryTests
{
    internal const string Good = """
        name: greet
        description: for a test
        template_format: handlebars
        template: |
          <message role="system">
          Speak {{language}}. {{#if note}}{{note}}{{/if}}
          </message>
          <message role="user">
          {{data}}
          </message>
        input_variables:
          - {name: language, description: a language}
          - {name: note, description: a note}
          - {name: data, description: the data}
        execution_settings:
          default:
            temperature: 0
            max_tokens: 10
            response_format: {type: object, additionalProperties: false, required: [a], properties: {a: {type: integer, minimum: 2}}}
        """;

    internal static readonly PromptContract Contract = new("greet", "language", "note");

    [Fact]
    public void Those_that_are_shipped_load_and_each_of_the_folder_is_used()
    {
        PromptContract[] used = [ModelReader.Prompt, QuestionRephraser.Prompt, AnswerComposer.Prompt];

        PromptLibrary.Load(Repository.Prompts, 600, used);

        Directory.GetFiles(Repository.Prompts, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
            .ShouldBe(used.Select(contract => contract.Name).Order(StringComparer.Ordinal));
        VerificationWords.Load(Repository.Prompts);
    }

    [Theory]
    [InlineData("{{note}}{{/if}}", "{{noted}}{{/if}}", "greet.yaml:6: `noted` is not among `input_variables`; did you mean `note`?")]
    [InlineData("  - {name: note,", "  - {name: secret,", "greet.yaml:13: the program gives no `secret` to this prompt")]
    [InlineData("{{/if}}", "", "greet.yaml:4: this is no Handlebars")]
    [InlineData("name: greet", "name: great", "greet.yaml:1: the name must be the file's, `greet`")]
    [InlineData("handlebars", "liquid", "greet.yaml:3: only `handlebars` can be read")]
    [InlineData("temperature: 0", "temperature: 1", "the temperature must be 0")]
    [InlineData("role=\"user\"", "role=\"tool\"", "`template` must be made of")]
    [InlineData("max_tokens: 10", "tokens: 10", "`max_tokens` is missing")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string told) =>
        Should.Throw<DataException>(() => Load(Good.Replace(right, wrong, StringComparison.Ordinal))).Message.ShouldContain(told);

    [Fact]
    public void A_prompt_that_is_missing_is_told()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<DataException>(() => PromptLibrary.Load(folder.Path, 600, [Contract])).Message.ShouldContain("greet.yaml");
    }

    internal static PromptLibrary Load(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("greet.yaml"), text);
        return PromptLibrary.Load(folder.Path, 600, [Contract]);
    }
}
