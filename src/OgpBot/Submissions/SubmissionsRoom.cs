using OgpBot.Calls;
using OgpBot.Settings;
using OgpBot.Storage;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Export;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Own;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions;

/// <summary>Registers filing, what a citizen may do with what she filed, and the export.</summary>
internal static class SubmissionsRoom
{
    internal static void AddSubmissions(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ReceiptKey(new KeyFile(provider.GetRequiredService<OgpBotOptions>().DataDirectory, "receipt.key")));
        services.AddSingleton<IMessageSecret>(provider => provider.GetRequiredService<ReceiptKey>());
        services.AddSingleton<ICallHandler, OpeningHandler>();
        services.AddSingleton<ICallHandler, SummaryShownHandler>();
        services.AddSingleton<ICallHandler, FileHandler>();
        services.AddSingleton<ICallHandler, FindHandler>();
        services.AddSingleton<OwnSubmissions>();
        services.AddSingleton<SubmissionWords>();
        services.AddSingleton<ICallHandler, OwnListHandler>();
        services.AddSingleton<ICallHandler, OpenHandler>();
        services.AddSingleton<ICallHandler, ShowHandler>();
        services.AddSingleton<ICallHandler, ReviseHandler>();
        services.AddSingleton<ICallHandler, WithdrawHandler>();
        services.AddSingleton<ICallHandler, ReplyHandler>();
        services.AddSingleton<ICallHandler, NoticesOffHandler>();
        services.AddSingleton<ICallHandler, NoticesOnHandler>();
        services.AddSingleton<CitizenMove>();
        services.AddSingleton<ICallHandler, ContactHandler>();
        services.AddSingleton<ICallHandler, ForgetContactHandler>();

        // Erasure goes in this order: the second makes submissions nobody's, and by those the first finds its rows.
        services.AddSingleton<IPersonalData, NoticeData>();
        services.AddSingleton<IPersonalData, SubmissionData>();
        services.AddSingleton<SubmissionExport>();
    }
}
