namespace OgpBot.Settings;

/// <summary>Finds the folders of data: from the working directory, else beside the program, where a publish puts them.</summary>
internal static class DataFolders
{
    /// <exception cref="SettingsException">It is at neither place.</exception>
    internal static string Find(string folder)
    {
        var places = new[] { Path.GetFullPath(folder), Path.Combine(AppContext.BaseDirectory, folder) };
        return places.FirstOrDefault(Directory.Exists)
            ?? throw new SettingsException($"The folder `{folder}` is neither at {places[0]} nor at {places[1]}. "
                + "Set OgpBot:DialogsDirectory, OgpBot:ArchiveDirectory or OgpBot:PromptsDirectory, or start in its parent folder.");
    }
}
