using OgpBot.Settings;
using OgpBot.Staff.Audit;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff;

/// <summary>Registers the review desk: who may sign in, what they read and decide, and the record of it.</summary>
internal static class StaffRoom
{
    /// <summary>What commands need too.</summary>
    internal static void AddStaff(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<StaffTexts>(() => StaffTexts.Load(Folder(provider))));
        services.AddSingleton(provider => new Lazy<ReviewRules>(() => ReviewRules.Load(Folder(provider))));
        services.AddSingleton<AuditTrail>();
    }

    private static string Folder(IServiceProvider provider) => DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().DialogsDirectory);
}
