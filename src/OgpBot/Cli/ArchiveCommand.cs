using System.CommandLine;
using OgpBot.Archive;
using OgpBot.Archive.Documents;
using OgpBot.Settings;
using OgpBot.Storage;

namespace OgpBot.Cli;

/// <summary><c>archive</c>: adds, lists, shows and removes the documents that answers quote. What could not be read goes to standard error.</summary>
internal static class ArchiveCommand
{
    internal static Command Build() => new("archive", "Add, list and remove the documents that answers quote.") { Add(), List(), Show(), Remove(), Reindex() };

    private static Command Add()
    {
        var files = new Argument<FileInfo[]>("file") { Description = $"Files: {string.Join(", ", DocumentReader.Extensions)}.", Arity = ArgumentArity.OneOrMore };
        var title = new Option<string?>("--title") { Description = "The document's title; else the one that `sources.yaml` gives, or the file's name." };
        var date = new Option<string?>("--date") { Description = "Its own date: 2023, 2023-01 or 2023-01-11." };
        var url = new Option<string?>("--url") { Description = "Where the public finds it." };
        var publisher = new Option<string?>("--publisher") { Description = "Who published it." };
        var add = new Command("add", "Add documents; a new version of one takes the place of the old.") { files, title, date, url, publisher };
        add.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            var details = new DocumentDetails(parsed.GetValue(title), parsed.GetValue(publisher), parsed.GetValue(date), parsed.GetValue(url));
            using var program = ConsoleProgram.Build();
            var store = await StoreAsync(program, cancellationToken);
            var failed = 0;
            foreach (var file in parsed.GetValue(files)!)
            {
                failed += await AddAsync(store, file, details, cancellationToken) ? 0 : 1;
            }

            return failed == 0 ? 0 : 1;
        }));
        return add;
    }

    // What can't be read is told, and the rest goes on.
    private static async Task<bool> AddAsync(ArchiveStore store, FileInfo file, DocumentDetails details, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"{file.Name}…");
        try
        {
            var added = await store.AddAsync(file.FullName, details, cancellationToken);
            Console.WriteLine($"{added.Document.Name}: {(added.IsNew ? "" : "nothing new, ")}{added.Passages} passages");
            foreach (var unread in added.Unread)
            {
                await Console.Error.WriteLineAsync($"{file.Name}: not read: {unread}");
            }

            return true;
        }
        catch (UnreadableDocumentException error)
        {
            await Console.Error.WriteLineAsync($"{file.Name}: {error.Message}");
            return false;
        }
    }

    private static Command List()
    {
        var history = new Option<bool>("--history") { Description = "Former versions too." };
        var list = new Command("list", "List the documents.") { history };
        list.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            foreach (var document in await (await StoreAsync(program, cancellationToken)).ListAsync(parsed.GetValue(history), cancellationToken))
            {
                Console.WriteLine($"{document.Name}\t{document.Date}\t{document.Title}\t{document.AddedAt:yyyy-MM-dd}{(document.ReplacedAt is { } until ? $"\tuntil {until:yyyy-MM-dd}" : "")}");
            }

            return 0;
        }));
        return list;
    }

    private static Command Show()
    {
        var name = new Argument<string>("document") { Description = "Its name, as `list` tells." };
        var show = new Command("show", "Print a document's passages: number, page, section and text.") { name };
        show.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            var passages = await (await StoreAsync(program, cancellationToken)).PassagesAsync(parsed.GetValue(name)!, cancellationToken)
                ?? throw new SettingsException($"There is no document `{parsed.GetValue(name)}`.");
            foreach (var passage in passages)
            {
                Console.WriteLine($"{passage.Seq}\t{passage.Page}\t{passage.Section}\t{passage.Text}");
            }

            return 0;
        }));
        return show;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("document") { Description = "Its name, as `list` tells." };
        var remove = new Command("remove", "Remove a document from answers; it stays in the history.") { name };
        remove.SetAction(OgpBotCommand.Run(async (parsed, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            return await (await StoreAsync(program, cancellationToken)).RemoveAsync(parsed.GetValue(name)!, cancellationToken)
                ? 0
                : throw new SettingsException($"There is no document `{parsed.GetValue(name)}`.");
        }));
        return remove;
    }

    private static Command Reindex()
    {
        var reindex = new Command("reindex", "Read all documents anew, as after a change of how they are read or of `lexicon.yaml`.");
        reindex.SetAction(OgpBotCommand.Run(async (_, cancellationToken) =>
        {
            using var program = ConsoleProgram.Build();
            var (documents, passages) = await (await StoreAsync(program, cancellationToken)).ReindexAsync(cancellationToken);
            Console.WriteLine($"{documents} documents, {passages} passages");
            return 0;
        }));
        return reindex;
    }

    private static async Task<ArchiveStore> StoreAsync(IHost program, CancellationToken cancellationToken)
    {
        await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);
        return program.Services.GetRequiredService<ArchiveStore>();
    }
}
