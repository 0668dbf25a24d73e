namespace OgpBot.Tests.Support;

/// <summary>Which tests run: <c>OGPBOT_TESTS=all</c> runs the slow ones too, and then nothing may be missing.</summary>
internal static class TestRun
{
    private static bool All => Environment.GetEnvironmentVariable("OGPBOT_TESTS") == "all";

    /// <summary>The first line of a test of more than five seconds, which also has <c>[Trait("speed", "slow")]</c>.</summary>
    internal static void SkipUnlessAll() => Assert.SkipUnless(All, "slow; set OGPBOT_TESTS=all");

    /// <summary>For what this machine lacks; where all tests were asked for it is a failure.</summary>
    internal static void SkipForLackOf(string what)
    {
        Assert.False(All, $"OGPBOT_TESTS=all, and there is no {what}");
        Assert.Skip($"there is no {what}");
    }
}
