using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Export;
using OgpBot.Submissions.Filing;

namespace OgpBot.Tests.Support;

/// <summary>Another channel on which a golden conversation is played; then only the script and what is stored are shown.</summary>
internal interface IGoldenWay
{
    Dictionary<string, string?> Settings { get; }

    void Configure(IServiceCollection services, TimeProvider told);

    /// <summary>After each start of the host.</summary>
    Task BeginAsync(TestHost host, string language);

    /// <summary>Another citizen, or the same one on another device: what follows is a conversation of its own.</summary>
    Task GoElsewhereAsync(string language);

    /// <summary>Ends when the bot has answered.</summary>
    Task SayAsync(string text);

    Task ShowPhotoAsync();

    /// <summary>Ends when what the bot said of itself has come.</summary>
    Task SettleAsync();
}

/// <summary>
/// A golden conversation: <c>&gt;</c> the citizen, <c>&lt;</c> the bot, <c>|</c> the next line of the same message, <c>#</c> a remark, <c>=</c> what is
/// stored, and directives:
/// <code>
/// @ consultation closes: 2026-11-20     a line added to consultation.yaml (before the first message)
/// @ city ciudad-de-prueba               another consultation.yaml, of Support/Cities
/// @ notice 2                            the notice has another version, from the next restart on
/// @ language en                         the language it begins in
/// @ advance 25h                         time passes (h, d)
/// @ restart                             the host stops and starts again on the same data
/// @ elsewhere                           another conversation begins, on the same host
/// @ photo                               something without text comes in
/// @ erase                               what is due is erased
/// @ remind                              who asked to be reminded is, where it is due
/// @ decide needs_changes place "…"      staff decide on the submission that was filed last, publish it, and it is told; the reason may be absent
/// @ decide duplicate_of PAGA-… "…"      of a duplicate the other's folio stands in place of the reason
/// @ message "…"                         staff write to who filed it
/// @ notices                             what waits to be told is told, where it may be
/// @ stored                              shows the submissions as they are exported, contact included
/// @ model {"question": "…"}             there is a language model (from the beginning on), and this is its next reply; «source with …» is the one that has these words
/// </code>
/// In what the citizen says, <c>{folio}</c> and <c>{key}</c> stand for those of the submission that was filed last.
/// </summary>
/// <param name="model">A language model for a script that tells of none.</param>
/// <param name="limit">The time limit that passes at once; null: none.</param>
internal sealed partial class GoldenConversation(string script, IGoldenWay? way = null, ScriptedModel? model = null, TimeSpan? limit = null)
{
    private readonly StringBuilder played = new();
    private readonly TestClock clock = new() { Hurried = limit };
    private string conversation = "golden";
    private TemporaryFolder folder = null!;
    private TestHost? host;
    private ScriptedModel? own;
    private string? dialogs;
    private string language = "es";
    private int shown;
    private int sent;

    internal async Task<string> PlayAsync()
    {
        using (folder = new TemporaryFolder())
        {
            foreach (var (mark, text) in Lines())
            {
                if (mark == '#')
                {
                    played.Append(text.Length > 0 ? $"# {text}\n" : "#\n");
                    continue;
                }

                if (mark == '@')
                {
                    played.Append($"@ {text}\n");
                    await ObeyAsync(text);
                    continue;
                }

                await StartAsync();
                var said = await WithReceiptAsync(text);
                await (way?.SayAsync(said) ?? SayAsync(new Incoming(conversation, $"client-{++sent}", ActivityKind.Message, IncomingText.Clean(said), null), text));
            }

            await StartAsync();
            await host!.DisposeAsync();
            await (own?.DisposeAsync() ?? default);
            return played.ToString();
        }
    }

    private async Task ObeyAsync(string directive)
    {
        var (word, rest) = directive.Split(' ', 2) is [var first, var more] ? (first, more) : (directive, "");
        switch (word)
        {
            case "consultation":
                dialogs ??= folder.CopyDialogs();
                var file = Path.Combine(dialogs, "consultation.yaml");
                var key = rest[..rest.IndexOf(':', StringComparison.Ordinal)];
                var kept = (await File.ReadAllLinesAsync(file)).Where(line => !line.StartsWith($"{key}:", StringComparison.Ordinal));
                await File.WriteAllLinesAsync(file, kept.Append(rest));
                break;
            case "notice":
                dialogs ??= folder.CopyDialogs();
                var notice = Path.Combine(dialogs, "consultation.yaml");
                await File.WriteAllTextAsync(notice, Version().Replace(await File.ReadAllTextAsync(notice), $"  version: \"{rest}\""));
                break;
            case "city":
                dialogs ??= folder.CopyDialogs();
                File.Delete(Path.Combine(dialogs, "places.yaml"));
                File.Copy(Path.Combine(Repository.Tests, "Support", "Cities", $"{rest}.yaml"), Path.Combine(dialogs, "consultation.yaml"), overwrite: true);
                break;
            case "language":
                language = rest;
                break;
            case "advance":
                await StartAsync();
                var amount = int.Parse(rest[..^1], CultureInfo.InvariantCulture);
                clock.Advance(rest[^1] == 'd' ? TimeSpan.FromDays(amount) : TimeSpan.FromHours(amount));
                break;
            case "restart":
                await StartAsync();
                await host!.DisposeAsync();
                host = null;
                await StartAsync();
                break;
            case "elsewhere":
                await StartAsync();
                conversation = "elsewhere";
                shown = 0;
                await (way?.GoElsewhereAsync(language) ?? BeginAsync());
                break;
            case "photo":
                await StartAsync();
                await (way?.ShowPhotoAsync() ?? SayAsync(new Incoming(conversation, $"client-{++sent}", ActivityKind.Unreadable, null, null)));
                break;
            case "erase":
                await StartAsync();
                await host!.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken);
                break;
            case "remind":
                await StartAsync();
                await host!.Get<DraftReminder>().SendDueAsync(TestContext.Current.CancellationToken);
                await (way?.SettleAsync() ?? ShowAsync());
                break;
            case "decide" or "message" or "notices":
                await StartAsync();
                await StaffActs.DoAsync(host!, word, rest);
                await (way?.SettleAsync() ?? ShowAsync());
                break;
            case "stored":
                await StartAsync();
                await ShowStoredAsync();
                break;
            case "model":
                own ??= await ScriptedModel.StartAsync();
                own.Say(request => WithSources(rest, request));
                break;
            default:
                throw new FormatException($"no directive `{directive}`");
        }
    }

    private async Task StartAsync()
    {
        if (host is not null)
        {
            return;
        }

        var settings = way?.Settings ?? [];
        if (dialogs is not null)
        {
            settings["OgpBot:DialogsDirectory"] = dialogs;
        }

        if ((own ?? model) is { } asked)
        {
            foreach (var (name, value) in asked.Settings(folder))
            {
                settings[name] = value;
            }
        }

        // Keys of receipts are made of a secret; with this one they are always the same.
        await File.WriteAllBytesAsync(folder.File("receipt.key"), new byte[32]);
        host = await TestHost.StartAsync(folder.Path, settings, services => way?.Configure(services, clock), clock);
        if (way is not null)
        {
            await way.BeginAsync(host, language);
            return;
        }

        await BeginAsync();
    }

    private async Task BeginAsync()
    {
        await host!.Get<ConversationInbox>().BeginAsync(conversation, "web", language, TestContext.Current.CancellationToken);
        await ShowAsync();
    }

    private async Task<string> WithReceiptAsync(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        await using var database = await host!.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var folio = await database.Set<Submission>().OrderByDescending(submission => submission.Id).Select(submission => submission.Folio).FirstAsync(TestContext.Current.CancellationToken);
        return text.Replace("{folio}", folio, StringComparison.Ordinal).Replace("{key}", host.Get<ReceiptKey>().Of(folio), StringComparison.Ordinal);
    }

    private async Task SayAsync(Incoming incoming, string written = "")
    {
        if (incoming.Kind == ActivityKind.Message)
        {
            var citizen = new Transcript();
            citizen.AddCitizen(written);
            played.Append(citizen);
        }

        await host!.Get<ConversationInbox>().AcceptAsync(incoming, TestContext.Current.CancellationToken);
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        await host!.Get<TurnQueue>().WhenIdleAsync(conversation, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var bot = new Transcript();
        foreach (var activity in host.Get<ConversationReader>().ActivitiesAfter(conversation, shown))
        {
            shown = activity.Seq;
            if (!activity.Incoming)
            {
                bot.AddBot(activity.Text ?? "", ActivityExtra.Read(activity.Extra).Choices ?? []);
            }
        }

        played.Append(bot);
    }

    private static string WithSources(string reply, ModelRequest request) =>
        SourceWords().Replace(reply, match => (string)request.SourceWith(match.Groups["words"].Value)["id"]!);

    [GeneratedRegex("(?<=\")source with (?<words>[^\"]+)")]
    private static partial Regex SourceWords();

    private async Task ShowStoredAsync()
    {
        var rows = host!.Get<SubmissionExport>().RowsAsync(new ExportFilter(WithContact: true), TestContext.Current.CancellationToken);
        var columns = host!.Get<SubmissionExport>().ColumnsFor(new ExportFilter(WithContact: true));
        await foreach (var row in rows)
        {
            foreach (var (column, cell) in columns.Zip(row).Where(pair => pair.Second.Length > 0))
            {
                played.Append(CultureInfo.InvariantCulture, $"= {column}: {cell.Replace("\n", "\n=   ", StringComparison.Ordinal)}\n");
            }
        }
    }

    // What the bot said and what is stored is made anew; the rest is the script.
    private IEnumerable<(char Mark, string Text)> Lines()
    {
        (char Mark, string Text)? current = null;
        foreach (var line in script.Split('\n').Where(line => line.Length > 0))
        {
            var text = line.Length > 2 ? line[2..] : "";
            if (line[0] == '|')
            {
                current = current is { } open ? (open.Mark, $"{open.Text}\n{text}") : null;
                continue;
            }

            if (current is { } done)
            {
                yield return done;
            }

            current = line[0] is '>' or '@' or '#' ? (line[0], text) : null;
        }

        if (current is { } last)
        {
            yield return last;
        }
    }

    [GeneratedRegex("^  version: .*$", RegexOptions.Multiline)]
    private static partial Regex Version();
}
