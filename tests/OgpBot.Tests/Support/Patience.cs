namespace OgpBot.Tests.Support;

/// <summary>On a manual clock nothing ends by itself: what should have ended, and has not, must fail a test instead of holding it for ever.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    internal static Task Soon(this Task task) => task.WaitAsync(Limit);

    internal static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
