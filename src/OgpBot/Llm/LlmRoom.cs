using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Llm;

/// <summary>Registers the language model. The rooms that ask it register the contracts of their prompts; the files are read and checked once.</summary>
internal static class LlmRoom
{
    internal static void AddLlm(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<PromptLibrary>(() => PromptLibrary.Load(
            Folder(provider), provider.GetRequiredService<OgpBotOptions>().Llm.MaxOutputTokens, provider.GetServices<PromptContract>())));
        services.AddSingleton(provider => new Lazy<VerificationWords>(() => VerificationWords.Load(Folder(provider))));
        services.AddSingleton(provider => new Lazy<VerifiableFacts>(() => new VerifiableFacts(
            provider.GetRequiredService<Lazy<VerificationWords>>().Value, provider.GetRequiredService<Lazy<DialogLibrary>>().Value.Texts.Values)));
        services.AddSingleton<ModelSwitch>();
        services.AddSingleton<ModelBudget>();
        services.AddSingleton<LanguageModel>();
    }

    private static string Folder(IServiceProvider provider) => DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().PromptsDirectory);
}
