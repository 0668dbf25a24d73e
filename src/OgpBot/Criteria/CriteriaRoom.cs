using OgpBot.Calls;
using OgpBot.Criteria.Handlers;
using OgpBot.Criteria.Reading;
using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Criteria;

/// <summary>Registers the checks of a text against the criteria.</summary>
internal static class CriteriaRoom
{
    internal static void AddCriteria(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<CriteriaChecks>(() => CriteriaChecks.Load(
            DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().DialogsDirectory),
            provider.GetRequiredService<Lazy<DialogLibrary>>().Value.Consultation)));
        services.AddSingleton<RedactedText>();
        services.AddSingleton(ModelReader.Prompt);
        services.AddSingleton<ModelReader>();
        services.AddSingleton<ICallHandler, CheckHandler>();
        services.AddSingleton<ICallHandler, RewriteHandler>();
        services.AddSingleton<ICallHandler, ClassifyTextHandler>();
        services.AddSingleton<ICallHandler, ReferralHandler>();
        services.AddSingleton<ICallHandler, DismissFindingHandler>();
        services.AddSingleton<ICallHandler, MaskHandler>();
        services.AddSingleton<ICallHandler, RememberFiledTextHandler>();
    }
}
