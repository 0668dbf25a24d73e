using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Settings;
using OgpBot.Storage;

namespace OgpBot.Staff.Accounts;

/// <summary>Registers accounts and sign-in.</summary>
internal static class StaffAuthentication
{
    internal const string SignInPath = "/staff/sign-in";

    private const string CookieName = "ogpbot-desk";

    // Twice ASP.NET Core's own; as OWASP's cheat sheet on password storage has it for PBKDF2 with SHA-512.
    private const int HashIterations = 210_000;

    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMinutes(10);

    /// <summary>What commands need too.</summary>
    internal static void AddAccounts(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.AddSingleton<IPasswordHasher<StaffMember>, PasswordHasher<StaffMember>>();
        services.TryAddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<StaffAccounts>();
    }

    internal static void AddSignIn(this IServiceCollection services)
    {
        services.AddIdentityCore<StaffMember>().AddUserStore<UserOnlyStore<StaffMember, OgpBotDb>>().AddSignInManager().AddClaimsPrincipalFactory<StaffClaims>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<StaffSessions>();
        services.AddScoped<StaffSignIn>();

        // No scheme is the default one: citizens' requests are not looked at for a session.
        services.AddAuthentication()
            .AddCookie(IdentityConstants.ApplicationScheme, Session)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => Cookie(cookie, $"{CookieName}-step", BetweenSteps));
        services.AddKeys();
        services.Configure<AntiforgeryOptions>(options =>
        {
            Protect(options.Cookie, $"{CookieName}-form");

            // Who may frame us is told by the content security policy.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options => Protect(options.Cookie, $"{CookieName}-told"));
    }

    internal static void Cookie(CookieAuthenticationOptions options, string name, TimeSpan holds)
    {
        Protect(options.Cookie, name);
        options.CookieManager = new StaffCookies();
        options.ExpireTimeSpan = holds;
        options.SlidingExpiration = false;
        options.LoginPath = SignInPath;
    }

    private static void Session(CookieAuthenticationOptions options)
    {
        Cookie(options, CookieName, StaffSessions.Idle);
        options.SlidingExpiration = true;

        // By itself it would be renewed only in the second half of its time, so that it might end after 15 minutes.
        options.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = context.ElapsedTime >= TimeSpan.FromMinutes(1);
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<StaffSessions>().ValidateAsync(context);
        options.Events.OnRedirectToLogin = context =>
        {
            // What was posted can't be sent again by an address.
            var back = HttpMethods.IsGet(context.Request.Method) ? QueryString.Create("back", context.Request.Path + context.Request.QueryString) : QueryString.Empty;
            context.Response.Redirect(SignInPath + back);
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.Redirect("/staff/denied");
            return Task.CompletedTask;
        };
    }

    private static void Protect(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    // The keys of the cookies lie with the other keys, so that a restart signs nobody out.
    private static void AddKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("OgpBot");
        services.AddOptions<KeyManagementOptions>().Configure<OgpBotOptions, ILoggerFactory>((keys, options, logs) =>
        {
            var folder = Path.Combine(Path.GetFullPath(options.DataDirectory), "staff-keys");
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder), logs);
        });
    }
}
