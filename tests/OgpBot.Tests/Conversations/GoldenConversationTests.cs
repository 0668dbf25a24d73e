using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>
/// Plays each file of <c>Transcripts/</c> and compares what was said with what the file holds. <c>UPDATE_TRANSCRIPTS=1</c> rewrites the files;
/// the difference is what is reviewed.
/// </summary>
public sealed class GoldenConversationTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(Repository.Tests, "Transcripts"), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        var file = Path.Combine(Repository.Tests, "Transcripts", $"{name}.txt");
        var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var played = await new GoldenConversation(written).PlayAsync();

        if (Environment.GetEnvironmentVariable("UPDATE_TRANSCRIPTS") == "1")
        {
            await File.WriteAllTextAsync(file, played, TestContext.Current.CancellationToken);
        }
        else
        {
            played.ShouldBe(written);
        }
    }
}
