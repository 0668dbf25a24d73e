namespace OgpBot.Tests.Support;

/// <summary>Where the repository's own files lie.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Dialogs => Path.Combine(Root, "dialogs");

    internal static string Archive => Path.Combine(Root, "archive");

    internal static string Prompts => Path.Combine(Root, "prompts");

    internal static string Tests => Path.Combine(Root, "tests", "OgpBot.Tests");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OgpBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return folder.FullName;
    }
}
