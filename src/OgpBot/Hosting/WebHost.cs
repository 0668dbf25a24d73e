using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OgpBot.Channels.BotFramework;
using OgpBot.Channels.DirectLine;
using OgpBot.Channels.Telegram;
using OgpBot.Dialogs;
using OgpBot.Http;
using OgpBot.Llm;
using OgpBot.Pages;
using OgpBot.Settings;
using OgpBot.Staff;

namespace OgpBot.Hosting;

/// <summary>The host as it serves the public.</summary>
internal static class WebHost
{
    private const int NewConversationsPerMinute = 240;
    private const int QuestionsPerMinute = 1_200;
    private const int RequestsPerMinute = 6_000;

    /// <summary>Builds it, without starting.</summary>
    /// <param name="urls">Where to listen; null: as the environment or the settings say, else http://localhost:5080.</param>
    /// <param name="configure">For tests: replaces parts, such as the clock.</param>
    /// <exception cref="DataException">The data files are wrong.</exception>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    internal static WebApplication Build(string? urls, Action<WebApplicationBuilder>? configure = null)
    {
        // Without what is never used here: IIS, QUIC and hosting start-up assemblies.
        // The name tells where the desk's pages are looked for; else tests would look among themselves.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        ProgramLogging.ToStandardError(builder.Logging);
        builder.Services.AddOgpBot(builder.Configuration);
        builder.Services.AddPages();
        builder.Services.AddStaffPages();
        builder.Services.AddTelegramPolling();
        builder.Services.AddSingleton<DataReading>();
        builder.Services.AddCors();
        builder.Services.AddRateLimiter(AddLimits);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpRequests.LongestHeardOut;
        });
        if (urls is not null || builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(urls ?? "http://localhost:5080");
        }

        configure?.Invoke(builder);
        var options = builder.Configuration.GetSection(OgpBotOptions.Section).Get<OgpBotOptions>() ?? new OgpBotOptions();
        var botFramework = new BotFrameworkSettings(options, builder.Environment);
        builder.Services.AddSingleton(botFramework);
        if (botFramework.IsOn)
        {
            builder.Services.AddBotFrameworkEndpoint();
        }

        return Map(builder.Build());
    }

    private static WebApplication Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<OgpBotOptions>();
        var library = app.Services.GetRequiredService<Lazy<DialogLibrary>>().Value;
        _ = app.Services.GetRequiredService<LanguageModel>().Host;
        RefusePlaceholders(app, library);

        app.UsePublicHost(options);
        app.UsePageHeaders(options);
        app.UseMiddleware<HttpProblemMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseCors(policy => policy
            .WithOrigins([.. options.DirectLine.AllowedOrigins])
            .WithMethods("GET", "POST")
            .WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with"));
        if (options.RateLimits.Enabled)
        {
            app.UseRateLimiter();
        }

        app.MapStaff();
        app.MapDirectLine();
        app.MapTelegram();
        if (app.Services.GetRequiredService<BotFrameworkSettings>().IsOn)
        {
            app.MapBotFramework();
        }

        app.MapAsk();
        app.MapPages();
        app.MapHealth();
        return app;
    }

    // A notice with holes must not be shown to the public as if it were one.
    private static void RefusePlaceholders(WebApplication app, DialogLibrary library)
    {
        if (app.Environment.IsProduction() && library.Consultation.Placeholders.Count > 0)
        {
            throw new SettingsException(
                $"The privacy notice or contact data are not written yet, so the public can't be served in Production:{Environment.NewLine}"
                + string.Join(Environment.NewLine, library.Consultation.Placeholders));
        }
    }

    private static void AddLimits(RateLimiterOptions limits)
    {
        limits.AddPolicy(DirectLineEndpoints.NewConversations, http => PerAddress(http, NewConversationsPerMinute));
        limits.AddPolicy(AskEndpoint.Limit, http => PerAddress(http, QuestionsPerMinute));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => PerAddress(http, RequestsPerMinute));
        limits.OnRejected = async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await HttpProblemMiddleware.AnswerAsync(context.HttpContext, HttpProblem.TooMany());
        };
    }

    private static RateLimitPartition<string> PerAddress(HttpContext http, int perMinute) => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });
}
