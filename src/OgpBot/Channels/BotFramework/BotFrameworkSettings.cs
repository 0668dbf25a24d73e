using OgpBot.Settings;

namespace OgpBot.Channels.BotFramework;

/// <summary>What the settings make of the channel: off, refused with one sentence, or on.</summary>
internal sealed class BotFrameworkSettings
{
    private readonly bool isDevelopment;

    public BotFrameworkSettings(OgpBotOptions options, IHostEnvironment environment)
    {
        var given = options.BotFramework;
        isDevelopment = environment.IsDevelopment();
        IsAnonymous = given.AllowAnonymous;
        AppId = given.AppId ?? "";
        AppPassword = given.AppPassword ?? "";
        if (AppId.Length == 0 && !IsAnonymous)
        {
            return;
        }

        // Addresses as Microsoft documents them for bots that do without the SDK's own check.
        var cloud = given.Cloud.ToUpperInvariant();
        var isGovernment = cloud == "GOVERNMENT";
        Issuer = isGovernment ? "https://api.botframework.us" : "https://api.botframework.com";
        MetadataAddress = given.MetadataAddress is { Length: > 0 } own
            ? own
            : isGovernment ? "https://login.botframework.azure.us/v1/.well-known/openidconfiguration" : "https://login.botframework.com/v1/.well-known/openidconfiguration";
        Authority = cloud switch
        {
            "GOVERNMENT" => "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us",
            "SINGLETENANT" => $"https://login.microsoftonline.com/{given.TenantId}",
            _ => "https://login.microsoftonline.com/botframework.com",
        };
        Refusal = Refuse(given, cloud);
        IsOn = Refusal is null;
    }

    internal bool IsOn { get; }

    /// <summary>Why it is not on though it was asked for: one sentence, with the setting's name.</summary>
    internal string? Refusal { get; }

    /// <summary>No token is asked for, nor sent: for the Emulator.</summary>
    internal bool IsAnonymous { get; }

    internal string AppId { get; }

    internal string AppPassword { get; }

    /// <summary>Who signs tokens that come in.</summary>
    internal string Issuer { get; } = "";

    /// <summary>Where the issuer's keys are told.</summary>
    internal string MetadataAddress { get; } = "";

    /// <summary>Who gives tokens for what goes out.</summary>
    internal string Authority { get; } = "";

    /// <summary>What those tokens are for.</summary>
    internal string Scope => $"{Issuer}/.default";

    /// <summary>
    /// Whether anything may be sent there. Without tokens that is only this machine; with them, only addresses where nobody can listen on the way.
    /// </summary>
    internal bool MaySendTo(Uri service) => IsOnThisMachine(service) || (!IsAnonymous && service.Scheme == Uri.UriSchemeHttps);

    private bool IsOnThisMachine(Uri address) => isDevelopment && address.IsLoopback && address.Scheme is "http" or "https";

    private string? Refuse(BotFrameworkOptions given, string cloud)
    {
        const string Name = "OgpBot:BotFramework";
        return this switch
        {
            { IsAnonymous: true } when !isDevelopment => $"{Name}:AllowAnonymous is for Development only, since without tokens anybody could write as anybody.",
            { IsAnonymous: true } => null,
            _ when !Guid.TryParse(AppId, out _) => $"{Name}:AppId is not a GUID.",
            { AppPassword.Length: 0 } => $"{Name}:AppPassword is missing.",
            _ when cloud is not ("PUBLIC" or "GOVERNMENT" or "SINGLETENANT") => $"{Name}:Cloud is `{given.Cloud}`; it must be Public, Government or SingleTenant.",
            _ when cloud == "SINGLETENANT" && Uri.CheckHostName(given.TenantId ?? "") == UriHostNameType.Unknown => $"{Name}:TenantId is missing, or is neither a GUID nor a domain.",
            _ when !Uri.TryCreate(MetadataAddress, UriKind.Absolute, out var metadata) || (metadata.Scheme != Uri.UriSchemeHttps && !IsOnThisMachine(metadata)) =>
                $"{Name}:MetadataAddress is not an https address.",
            _ => null,
        };
    }
}
