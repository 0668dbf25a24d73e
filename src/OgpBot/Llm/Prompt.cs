using System.Security;
using HandlebarsDotNet;
using Microsoft.SemanticKernel;

namespace OgpBot.Llm;

/// <summary>The variables that a prompt file may use. The file is checked against it at the start.</summary>
/// <param name="Name">The file's name, without <c>.yaml</c>.</param>
/// <param name="Variables">The prompt's own variables. Every prompt has <c>fence</c> and <c>data</c> beside them.</param>
internal sealed record PromptContract(string Name, params string[] Variables)
{
    /// <summary>The mark of the delimiters (<see cref="PromptDelimiter"/>).</summary>
    internal const string Delimiter = "fence";

    /// <summary>Text from outside, with its delimiters.</summary>
    internal const string Data = "data";

    internal IEnumerable<string> All => Variables.Append(Delimiter).Append(Data);
}

/// <summary>A prompt that is ready to send.</summary>
/// <param name="Bytes">UTF-8 bytes of the prompt's own text, without its variables.</param>
/// <param name="MaxTokens">The longest reply, in tokens.</param>
internal sealed record Prompt(int Bytes, int MaxTokens)
{
    // No parameter of the constructor: EF Core looks at those of all our types, and would load Semantic Kernel.
    internal required KernelFunction Function { get; init; }
}

/// <summary>
/// Renders Handlebars templates for Semantic Kernel. Its own package for that cannot be installed where this is built.
/// Semantic Kernel reads the result as markup. So the template is split into messages before values are put in.
/// Each message is escaped afterwards. No value can begin another message.
/// </summary>
internal sealed class HandlebarsMessages : IPromptTemplate
{
    internal required IReadOnlyList<(string Role, HandlebarsTemplate<object, object> Text)> Messages { get; init; }

    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) => Task.FromResult(
        string.Concat(Messages.Select(message => $"<message role=\"{message.Role}\">{SecurityElement.Escape(message.Text(arguments ?? []))}</message>")));
}
