using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OgpBot.Dialogs;
using OpenAI.Chat;

namespace OgpBot.Llm;

/// <summary>
/// All prompts, read and checked once. Their files follow Semantic Kernel's prompt schema
/// (https://learn.microsoft.com/semantic-kernel/concepts/prompts/yaml-schema).
/// Templates are Handlebars with variables, <c>if</c>, <c>unless</c> and <c>each</c>.
/// </summary>
internal sealed partial class PromptLibrary
{
    private static readonly string[] Words = ["if", "unless", "each", "else", "this"];

    // Values are JSON or our own sentences. None is shown on a page, so none is escaped as HTML.
    private static readonly IHandlebars Handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });

    private readonly Dictionary<string, Prompt> prompts = [];

    internal Prompt this[PromptContract contract] => prompts[contract.Name];

    /// <summary>Reads and checks the files of all contracts.</summary>
    /// <param name="mostTokens">Tokens of a reply at most. A prompt may ask for less.</param>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    internal static PromptLibrary Load(string directory, int mostTokens, IEnumerable<PromptContract> contracts)
    {
        var problems = new List<DataProblem>();
        var library = new PromptLibrary();
        foreach (var contract in contracts)
        {
            var file = $"{contract.Name}.yaml";
            if (Read(DataNode.Read(Path.Combine(directory, file), file, problems), contract, mostTokens) is { } prompt)
            {
                library.prompts[contract.Name] = prompt;
            }
        }

        return problems.Count == 0 ? library : throw new DataException(problems);
    }

    private static Prompt? Read(DataNode file, PromptContract contract, int mostTokens)
    {
        if (!file.Exists)
        {
            return null;
        }

        file.Only("name", "description", "template_format", "template", "input_variables", "output_variable", "execution_settings");
        if (file.Required("name") != contract.Name)
        {
            file["name"].Report($"the name must be the file's, `{contract.Name}`");
        }

        if (file.Required("template_format") != "handlebars")
        {
            file["template_format"].Report("only `handlebars` can be read");
        }

        var declared = file["input_variables"].Items.Select(ReadVariable).ToList();
        foreach (var (unknown, node) in declared.Where(variable => !contract.All.Contains(variable.Name)))
        {
            node.Report($"the program gives no `{unknown}` to this prompt{Nearest.Suggestion(unknown, contract.All)}");
        }

        var settings = file["execution_settings"]["default"].Only("temperature", "max_tokens", "response_format");
        if (settings.Required("temperature") is not ("0" or "0.0"))
        {
            settings["temperature"].Report("the temperature must be 0, so that the same text gets the same reply");
        }

        settings.Required("max_tokens");
        if (!settings["response_format"].IsMap)
        {
            settings.Report("`response_format` must hold the JSON schema of the reply");
        }

        var messages = ReadMessages(file["template"], [.. declared.Select(variable => variable.Name)]);
        var name = contract.Name.Replace('-', '_');
        var maxTokens = Math.Min(mostTokens, settings.Number("max_tokens") ?? mostTokens);
        var schema = BinaryData.FromString(JsonOf(settings["response_format"]).ToJsonString());
        var config = new PromptTemplateConfig
        {
            Name = name,
            Description = file["description"].Text,
            InputVariables = [.. declared.Select(variable => new InputVariable { Name = variable.Name })],
        };
        config.AddExecutionSettings(new OpenAIPromptExecutionSettings
        {
            Temperature = 0,
            MaxTokens = maxTokens,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(name, schema, jsonSchemaIsStrict: true),
        });
        var function = KernelFunctionFactory.CreateFromPrompt(new HandlebarsMessages { Messages = messages }, config);
        return new Prompt(Encoding.UTF8.GetByteCount(file["template"].Text ?? ""), maxTokens) { Function = function };
    }

    private static (string Name, DataNode Node) ReadVariable(DataNode node)
    {
        node.Only("name", "description", "is_required", "default", "allow_dangerously_set_content", "json_schema");
        node.Required("description");
        return (node.Required("name"), node);
    }

    private static List<(string Role, HandlebarsTemplate<object, object> Text)> ReadMessages(DataNode template, List<string> variables)
    {
        var text = template.Text ?? "";
        var messages = new List<(string Role, HandlebarsTemplate<object, object> Text)>();
        if (Message().Matches(text) is { Count: 0 } || Message().Replace(text, "").Trim().Length > 0)
        {
            template.Report("`template` must be made of <message role=\"system\">…</message> and <message role=\"user\">…</message>");
            return messages;
        }

        foreach (Match variable in Variable().Matches(text))
        {
            var name = variable.Groups["name"].Value;
            if (!Words.Contains(name) && !variables.Contains(name))
            {
                // The text begins on the line after its key.
                var line = template.Line + 1 + text.AsSpan(0, variable.Index).Count('\n');
                template.Problems.Add(new DataProblem(template.File, line, $"`{name}` is not among `input_variables`{Nearest.Suggestion(name, variables)}"));
            }
        }

        foreach (Match message in Message().Matches(text))
        {
            try
            {
                messages.Add((message.Groups["role"].Value, Handlebars.Compile(message.Groups["text"].Value.Trim())));
            }
            catch (HandlebarsException error)
            {
                template.Report($"this is no Handlebars: {error.Message}");
            }
        }

        return messages;
    }

    // Numbers and truth values of a schema are written without quotes.
    private static JsonNode JsonOf(DataNode node)
    {
        if (node.IsMap)
        {
            return new JsonObject(node.Entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonOf(entry.Value))));
        }

        if (node.IsList)
        {
            return new JsonArray([.. node.Items.Select(JsonOf)]);
        }

        var text = node.Text ?? "";
        return bool.TryParse(text, out var flag) ? flag
            : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : text;
    }

    [GeneratedRegex("""<message role="(?<role>system|user)">(?<text>.*?)</message>""", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"\{\{\{?[~#/^]*\s*(?:(?:if|unless|each)\s+)?(?<name>[^\s{}~#/^]+)")]
    private static partial Regex Variable();
}
