using System.Security;
using HandlebarsDotNet;
using Microsoft.SemanticKernel;

namespace OgpBot.Llm;

/// <summary>What a room needs of a prompt file.</summary>
/// <param name="Name">The file's, without <c>.yaml</c>.</param>
/// <param name="Variables">What the room gives, beside <c>fence</c> and <c>data</c>, which every prompt has.</param>
internal sealed record PromptContract(string Name, params string[] Variables)
{
    /// <summary>The mark that begins and ends what others wrote.</summary>
    internal const string Fence = "fence";

    /// <summary>What others wrote, in its fence.</summary>
    internal const string Data = "data";

    internal IEnumerable<string> All => Variables.Append(Fence).Append(Data);
}

/// <summary>A prompt that was read. (What Semantic Kernel and Handlebars bring is no parameter here: EF Core looks at the constructors of all our types.)</summary>
/// <param name="Bytes">Of its own text, without what is put in.</param>
/// <param name="MaxTokens">The longest reply.</param>
internal sealed record Prompt(int Bytes, int MaxTokens)
{
    internal required KernelFunction Function { get; init; }
}

/// <summary>
/// Handlebars for Semantic Kernel, whose own package for it is not to be had where this is built. Messages are cut before anything is put in and escaped after,
/// since Semantic Kernel reads what is rendered as markup: no value can begin another message.
/// </summary>
internal sealed class HandlebarsMessages : IPromptTemplate
{
    internal required IReadOnlyList<(string Role, HandlebarsTemplate<object, object> Text)> Messages { get; init; }

    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) => Task.FromResult(
        string.Concat(Messages.Select(message => $"<message role=\"{message.Role}\">{SecurityElement.Escape(message.Text(arguments ?? []))}</message>")));
}
