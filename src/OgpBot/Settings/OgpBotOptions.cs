namespace OgpBot.Settings;

/// <summary>
/// All settings: section <c>OgpBot</c> of <c>appsettings.json</c>, or <c>OgpBot__…</c> in the environment. See <c>appsettings.example.json</c>.
/// </summary>
public sealed class OgpBotOptions
{
    public const string Section = "OgpBot";

    /// <summary>Where the database and the signing key lie.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Where the consultation, its dialogs and texts lie.</summary>
    public string DialogsDirectory { get; set; } = "dialogs";

    /// <summary>Where the archive that is shipped lies: facts, cards, how the plan stands.</summary>
    public string ArchiveDirectory { get; set; } = "archive";

    /// <summary>Where the texts for the language model lie.</summary>
    public string PromptsDirectory { get; set; } = "prompts";

    /// <summary>The address of this host as the public sees it, for webhooks and links. Where it is empty <c>Telegram:PublicUrl</c> counts.</summary>
    public string? PublicUrl { get; set; }

    public DirectLineOptions DirectLine { get; set; } = new();

    public TelegramOptions Telegram { get; set; } = new();

    public BotFrameworkOptions BotFramework { get; set; } = new();

    public LlmOptions Llm { get; set; } = new();

    public DatabaseOptions Database { get; set; } = new();

    public RateLimitOptions RateLimits { get; set; } = new();

    /// <summary>Addresses of proxies whose X-Forwarded headers are believed, beside one on this machine.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Where the public finds this host, as the settings say, without a slash at the end. Null where they say nothing.</summary>
    internal string? Site => new[] { PublicUrl, Telegram.PublicUrl }.FirstOrDefault(url => !string.IsNullOrWhiteSpace(url))?.TrimEnd('/');

    /// <summary>Where the public finds this host, without a slash at the end. Where the settings say nothing it is as the request called it.</summary>
    public string SiteFor(HttpRequest request) => Site ?? $"{request.Scheme}://{request.Host}{request.PathBase}";
}

/// <summary>The web channel.</summary>
public sealed class DirectLineOptions
{
    /// <summary>For <c>tokens/generate</c>, used by other servers; null: that call answers 403.</summary>
    public string? Secret { get; set; }

    /// <summary>Sites that may embed the chat; none: only our own.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}

/// <summary>The Telegram channel; without a token it is off.</summary>
public sealed class TelegramOptions
{
    public string? Token { get; set; }

    public string ApiBaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary><c>Polling</c> or <c>Webhook</c>.</summary>
    public string Mode { get; set; } = "Polling";

    public string? WebhookSecret { get; set; }

    /// <summary>
    /// Messages a second, to all chats together. Telegram raises the number for those who pay. It is a text, so that a mistake in it stops only this channel.
    /// </summary>
    public string MessagesPerSecond { get; set; } = "30";

    /// <summary>The earlier name of <see cref="OgpBotOptions.PublicUrl"/>.</summary>
    public string? PublicUrl { get; set; }
}

/// <summary>The Bot Framework channel; without an app id it is off.</summary>
public sealed class BotFrameworkOptions
{
    /// <summary>The bot's app registration, a GUID.</summary>
    public string? AppId { get; set; }

    public string? AppPassword { get; set; }

    /// <summary><c>Public</c>, <c>Government</c> (US) or <c>SingleTenant</c>.</summary>
    public string Cloud { get; set; } = "Public";

    /// <summary>For <c>SingleTenant</c>: whose app it is.</summary>
    public string? TenantId { get; set; }

    /// <summary>Where the issuer tells its keys; empty: as the cloud has it.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>In Development, for the Emulator: no tokens, and replies go to this machine only.</summary>
    public bool AllowAnonymous { get; set; }
}

/// <summary>
/// A language model; without an endpoint there is none. It is used only if <c>privacy.processors</c> of the consultation names the endpoint's host.
/// </summary>
public sealed class LlmOptions
{
    /// <summary>An OpenAI-compatible address, such as <c>http://localhost:11434/v1</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>For a cloud; a local one needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name, as the endpoint knows it.</summary>
    public string? Model { get; set; }

    /// <summary>The longest reply, in tokens; a prompt may ask for less.</summary>
    public int MaxOutputTokens { get; set; } = 600;

    /// <summary>Tokens of a local day, in and out, of all citizens together. What is spent survives a restart.</summary>
    public long TokensPerDay { get; set; } = 2_000_000;

    /// <summary>Tokens of a local day, in and out, of one citizen; kept in memory only.</summary>
    public long TokensPerCitizenPerDay { get; set; } = 40_000;

    /// <summary>What a million tokens that are sent cost, for <c>evaluate --with-model</c>; 0: not known.</summary>
    public decimal InputPricePerMillion { get; set; }

    /// <summary>What a million tokens that come back cost; 0: not known.</summary>
    public decimal OutputPricePerMillion { get; set; }
}

/// <summary>The database.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Only <c>Sqlite</c> so far; another one is refused.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Empty: <c>ogpbot.db</c> in the data directory.</summary>
    public string? ConnectionString { get; set; }
}

/// <summary>Limits of requests per address. They are generous, since carriers put thousands of phones behind one address.</summary>
public sealed class RateLimitOptions
{
    public bool Enabled { get; set; } = true;
}
