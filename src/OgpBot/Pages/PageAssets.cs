using System.Security.Cryptography;
using System.Text;
using OgpBot.Dialogs;
using OgpBot.Settings;

namespace OgpBot.Pages;

/// <summary>
/// The files that the pages load. Each has a hash of its content in its address, so a browser keeps it for ever and still sees a new one at once. The script is
/// written in small files and joined here: one request, and no build.
/// </summary>
internal sealed class PageAssets
{
    internal const string Script = "app.js";
    internal const string Styles = "app.css";
    internal const string PlanStyles = "plan.css";
    internal const string StaffStyles = "staff.css";
    internal const string StaffScript = "staff.js";
    internal const string Icon = "icon.svg";
    internal const string Manifest = "manifest.webmanifest";

    // In this order: the last one begins.
    private static readonly string[] ScriptParts = ["page", "words", "log", "qr", "receipt", "outbox", "request", "line", "news", "offer", "start"];

    private const string ScriptType = "text/javascript; charset=utf-8";
    private const int HashLength = 10;

    private readonly Dictionary<string, Asset> assets = [];

    public PageAssets(IWebHostEnvironment environment, Lazy<DialogLibrary> library, OgpBotOptions options)
    {
        var folder = environment.WebRootPath;
        var texts = new PageTexts(library.Value, LocalizedText.DefaultLanguage);
        Add(Icon, File.ReadAllText(Path.Combine(folder, Icon)), "image/svg+xml");
        Add(Styles, File.ReadAllText(Path.Combine(folder, Styles)), "text/css; charset=utf-8");
        Add(PlanStyles, File.ReadAllText(Path.Combine(folder, PlanStyles)), "text/css; charset=utf-8");
        Add(StaffStyles, File.ReadAllText(Path.Combine(folder, StaffStyles)), "text/css; charset=utf-8");
        Add(StaffScript, File.ReadAllText(Path.Combine(folder, StaffScript)), ScriptType);
        Add(Script, Join(Path.Combine(folder, "app")), ScriptType);
        Add(Manifest, Render(folder, Manifest, name => JsonText.Inside(ValueOf(name, texts))), "application/manifest+json");

        var origins = JsonText.List(options.DirectLine.AllowedOrigins);
        Embed = new CompressedText(Render(folder, "embed.js", name => name == "origins" ? origins : JsonText.Inside(ValueOf(name, texts))), ScriptType);
    }

    /// <summary>For a city's own site; its address there is written by hand, so it has no hash.</summary>
    internal CompressedText Embed { get; }

    /// <summary>The address of an asset, such as <c>/app.0f3a99c1d2.js</c>.</summary>
    internal string AddressOf(string name) => assets[name].Address;

    /// <summary>What is at an address. A page that was fetched before an update asks for an old hash: it gets today's file, not to be kept.</summary>
    internal (CompressedText Text, bool IsCurrent)? Find(string path)
    {
        var parts = path.TrimStart('/').Split('.');
        return parts.Length == 3 && assets.TryGetValue($"{parts[0]}.{parts[2]}", out var asset)
            ? (asset.Text, string.Equals(asset.Address, path, StringComparison.Ordinal))
            : null;
    }

    private string? ValueOf(string name, PageTexts texts) =>
        name.StartsWith("asset:", StringComparison.Ordinal) && assets.TryGetValue(name[6..], out var asset) ? asset.Address : texts.Find(name);

    private static string Render(string folder, string name, Func<string, string?> valueOf) =>
        PageTemplate.Render(name, File.ReadAllText(Path.Combine(folder, name)), valueOf);

    // Comments are for us: a phone on a slow line need not fetch them.
    private static string Join(string folder)
    {
        var lines = ScriptParts.SelectMany(part => File.ReadLines(Path.Combine(folder, $"{part}.js")))
            .Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
        return $"(()=>{{'use strict';\n{string.Join('\n', lines)}\n}})();\n";
    }

    private void Add(string name, string text, string contentType)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
        assets[name] = new Asset($"/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", new CompressedText(text, contentType));
    }

    private sealed record Asset(string Address, CompressedText Text);
}
