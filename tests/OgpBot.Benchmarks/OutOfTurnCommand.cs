using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace OgpBot.Benchmarks;

/// <summary>
/// <c>out-of-turn</c>: says each message of a set at its step to a host that it starts, and prints what was answered, one JSON object a line, for a reader to
/// judge. With <c>--walk N</c> it draws N turns from the set instead, half of them, and presses buttons for the rest; each conversation must end with a folio, a
/// kept draft or a goodbye.
/// </summary>
internal static class OutOfTurnCommand
{
    private const int AtOnce = 6;
    private const int TurnsPerWalk = 40;
    private const string Folder = "tests/OgpBot.Benchmarks/OutOfTurn";

    // What ends a conversation, as the texts say it: a folio, or a goodbye that tells that the draft is kept.
    private static readonly string[] Ends = ["folio", "Hasta luego", "Goodbye"];

    private static readonly Option<FileInfo> Set = new("--set") { Description = "The messages, one JSON object a line.", DefaultValueFactory = _ => new FileInfo($"{Folder}/development.jsonl") };
    private static readonly Option<FileInfo> Drafts = new("--drafts") { Description = "The answers given before.", DefaultValueFactory = _ => new FileInfo($"{Folder}/drafts.json") };
    private static readonly Option<int> Walk = new("--walk") { Description = "Turns drawn from the set, in place of each message once." };
    private static readonly Option<int> Seed = new("--seed") { Description = "The same draws the same turns.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("out-of-turn", "Say messages of a set out of turn, and print what is answered.") { Set, Drafts, Walk, Seed };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var messages = OutOfTurnMessage.Read(parsed.GetValue(Set)!.FullName);
        var drafts = OutOfTurnMessage.ReadDrafts(parsed.GetValue(Drafts)!.FullName);
        var data = Directory.CreateTempSubdirectory("ogpbot-out-of-turn-").FullName;
        try
        {
            await using var host = await HostProcess.StartAsync(program: null, data, cancellation);
            return parsed.GetValue(Walk) is > 0 and var turns
                ? await WalkAsync(host, messages, turns, parsed.GetValue(Seed), cancellation)
                : await PlayAsync(host, messages, drafts, cancellation);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<int> PlayAsync(
        HostProcess host, IReadOnlyList<OutOfTurnMessage> messages, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>> drafts, CancellationToken cancellation)
    {
        var answers = new OutOfTurnAnswer[messages.Count];
        await EachAsync(messages.Count, async at =>
        {
            var message = messages[at];
            using var connection = new HttpConnection(host.Address);
            var conversation = await DirectLineConversation.StartAsync(connection, cancellation);
            await new OutOfTurnCitizen(conversation, drafts[message.Draft]).ReachAsync(message.Step, cancellation);
            var replies = await conversation.ExchangeAsync(message.Text, cancellation);
            answers[at] = new OutOfTurnAnswer(
                message.Id, message.Step, message.Kind, message.Text, message.Expect, message.Keep, message.Changes, replies, message.Draft);
        }, cancellation);
        foreach (var answer in answers) Console.WriteLine(JsonSerializer.Serialize(answer, OutOfTurnJson.Lines.OutOfTurnAnswer));
        return LoadCommand.Success;
    }

    private static async Task<int> WalkAsync(HostProcess host, IReadOnlyList<OutOfTurnMessage> messages, int turns, int seed, CancellationToken cancellation)
    {
        var lost = 0;
        await EachAsync((turns + TurnsPerWalk - 1) / TurnsPerWalk, async walk =>
        {
            var random = new Random(unchecked((seed * 1_000_003) + walk));
            using var connection = new HttpConnection(host.Address);
            var conversation = await DirectLineConversation.StartAsync(connection, cancellation);
            for (var turn = 0; turn < TurnsPerWalk; turn++)
            {
                var buttons = conversation.Buttons;
                await conversation.ExchangeAsync(
                    buttons.Count > 0 && random.Next(2) == 0 ? buttons[random.Next(buttons.Count)] : messages[random.Next(messages.Count)].Text, cancellation);
            }

            var last = string.Join('\n', await conversation.ExchangeAsync("adiós", cancellation));
            if (!Ends.Any(end => last.Contains(end, StringComparison.OrdinalIgnoreCase)))
            {
                Interlocked.Increment(ref lost);
                await Console.Error.WriteLineAsync($"walk {walk} ends with: {last}");
            }
        }, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{turns} turns; conversations without a folio, a kept draft or a goodbye at their end: {lost}"));
        return lost == 0 ? LoadCommand.Success : LoadCommand.Failure;
    }

    private static Task EachAsync(int count, Func<int, Task> act, CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (at, _) => await act(at));
}
