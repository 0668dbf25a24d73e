using OgpBot.Calls;

namespace OgpBot.Privacy;

/// <summary>Registers consent, a citizen's rights over what is held of her, and erasure when its time has come.</summary>
internal static class PrivacyRoom
{
    internal static void AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<IPersonalData, ConversationData>();
        services.AddSingleton<ICallHandler, ConsentHandler>();
        services.AddSingleton<ICallHandler, RemindHandler>();
        services.AddSingleton<ICallHandler, PersonalDataHandler>();
        services.AddSingleton<ICallHandler, EraseHandler>();
        services.AddSingleton<ICallHandler, AgreedHandler>();
        services.AddSingleton<DraftReminder>();
        services.AddHosted<RetentionSweep>();
    }
}
