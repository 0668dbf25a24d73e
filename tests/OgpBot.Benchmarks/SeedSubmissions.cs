namespace OgpBot.Benchmarks;

/// <summary>
/// Fills the database of a data folder before the host starts, so that the cost of a turn can be compared with that of an empty one.
/// </summary>
internal static class SeedSubmissions
{
    /// <param name="dataDirectory">The folder the host is started with; it exists, the database in it may not.</param>
    /// <param name="count">Submissions to store.</param>
    /// <param name="cancellation">Ends with the limit of the whole run.</param>
    public static Task RunAsync(string dataDirectory, int count, CancellationToken cancellation) =>
        throw new NotSupportedException("Submissions cannot be seeded yet: run without --seed-submissions.");
}
