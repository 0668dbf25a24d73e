using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.WebEncoders;
using OgpBot.Settings;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Audit;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Judging;
using OgpBot.Staff.Notices;
using OgpBot.Staff.Queue;
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
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<SwitchDesk>();
        services.AddSingleton<SubmissionFiles>();
        services.AddAccounts();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<NoticeWords>();
        services.AddSingleton<NoticeReader>();
        services.AddHosted<NoticeSender>();
        services.AddSingleton<SavedFilters>();
        services.AddSingleton<JudgingDesk>();
        services.AddSingleton<JudgementFiles>();
    }

    /// <summary>The pages, for a host that serves them.</summary>
    internal static void AddStaffPages(this IServiceCollection services)
    {
        services.AddHosted<SubmissionIndexer>();
        services.AddSingleton<StaffAssets>();
        services.AddAuthorization(StaffPolicies.Add);
        services.AddSignIn();
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/Staff/Pages";
            pages.Conventions.AuthorizeFolder("/", StaffPolicies.Viewer);
            pages.Conventions.AuthorizePage("/Many", StaffPolicies.Coordinator);
        }).AddApplicationPart(typeof(StaffRoom).Assembly); // Also where another program, such as that of the tests, hosts them.
    }

    internal static void MapStaff(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRazorPages();
    }

    private static string Folder(IServiceProvider provider) => DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().DialogsDirectory);
}
