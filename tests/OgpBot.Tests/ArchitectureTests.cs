using System.Text.RegularExpressions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests;

/// <summary>The arrows between rooms point one way. They are read from the source: what a file names, it depends on.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Everything = ["*"];

    /// <summary>What each room may name. A new room is entered here with its arrows.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        [""] = Everything,
        ["Cli"] = Everything,
        ["Hosting"] = Everything,
        ["Channels"] = ["Conversations", "Dialogs", "Storage", "Calls", "Hosting"],
        ["Pages"] = ["Conversations", "Dialogs", "Storage", "Calls", "Hosting", "Archive", "Llm"],
        ["Staff"] = ["Conversations", "Dialogs", "Storage", "Calls", "Hosting"],
        ["Conversations"] = ["Dialogs", "Calls", "Storage"],
        ["Submissions"] = ["Dialogs", "Calls", "Llm", "Storage"],
        ["Criteria"] = ["Dialogs", "Calls", "Llm", "Storage"],
        ["Archive"] = ["Dialogs", "Calls", "Criteria", "Llm", "Storage"],
        ["Calls"] = ["Dialogs"],
        ["Llm"] = ["Dialogs", "Hosting"],
        ["Storage"] = ["Dialogs"],
    };

    private static string Source => Path.Combine(Repository.Root, "src", "OgpBot");

    [Fact]
    public void Rooms_depend_only_on_those_that_their_arrows_point_at()
    {
        var wrong = Files(Source)
            .SelectMany(file => RoomsNamedIn(file).Where(room => !May(RoomOf(file), room)).Select(room => $"{Path.GetRelativePath(Repository.Root, file)} names {room}"));

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Of_the_host_the_rooms_know_only_its_settings()
    {
        var hidden = Directory.GetFiles(Path.Combine(Source, "Hosting"), "*.cs").Select(Path.GetFileNameWithoutExtension).Except(["OgpBotOptions", "SettingsException"]).ToList();
        var wrong = Files(Source).Where(file => !Arrows[RoomOf(file)].Contains("*"))
            .SelectMany(file => hidden.Where(type => Regex.IsMatch(CodeOf(file), $@"(?<![\w.])(?:(?:OgpBot\.)?Hosting\.)?{type}\b")).Select(type => $"{Path.GetRelativePath(Source, file)} names {type}"));

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_engine_knows_no_room_and_nothing_of_the_world_outside()
    {
        var engine = Path.Combine(Repository.Root, "src", "OgpBot.Dialogs");

        Files(engine).SelectMany(file => RoomsNamedIn(file).Where(room => room != "Dialogs").Select(room => $"{Path.GetFileName(file)} names {room}")).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(engine, "OgpBot.Dialogs.csproj")).ShouldNotContain("ProjectReference");
        var outside = new[] { "System.Net", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "TimeProvider", "RandomNumberGenerator", "System.Threading" };
        Files(engine).SelectMany(file => outside.Where(name => CodeOf(file).Contains(name, StringComparison.Ordinal)).Select(name => $"{Path.GetFileName(file)} names {name}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_one_room_sees_Bot_Builder()
    {
        var wrong = Files(Path.Combine(Repository.Root, "src")).Where(file => !file.Contains(Path.Combine("Channels", "BotFramework"), StringComparison.Ordinal))
            .Where(file => CodeOf(file).Contains("Microsoft.Bot.", StringComparison.Ordinal) || CodeOf(file).Contains("Microsoft.Rest", StringComparison.Ordinal));

        wrong.ShouldBeEmpty();
    }

    private static bool May(string from, string to) => from == to || Arrows[from].Contains("*") || Arrows[from].Contains(to);

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string RoomOf(string file)
    {
        var parts = Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar);
        var room = parts.Length > 1 ? parts[0] : "";
        Arrows.ShouldContainKey(room, $"{file} is in a room that has no arrows yet");
        return room;
    }

    // `using OgpBot.Storage`, `OgpBot.Storage.Ids`, and from inside OgpBot also `Storage.Ids`.
    private static IEnumerable<string> RoomsNamedIn(string file) => Name().Matches(CodeOf(file))
        .Select(match => match.Groups["room"].Value).Where(room => Arrows.ContainsKey(room) || room == "Dialogs").Distinct();

    // Comments name what they explain; they are no dependency.
    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"(?:\bOgpBot\.|(?<![\w.""}/-])(?=\w+\.[A-Z]))(?<room>[A-Z]\w+)")]
    private static partial Regex Name();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
