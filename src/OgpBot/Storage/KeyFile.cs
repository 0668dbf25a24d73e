using System.Security.Cryptography;

namespace OgpBot.Storage;

/// <summary>
/// A secret key of 256 bits. It is kept in a file of the data directory that only the program's own account may read, so a restart changes nothing. It is made
/// when it is first used. Where the file can't be read or made, the next use tries again.
/// </summary>
public sealed class KeyFile(string directory, string name)
{
    private const int Length = 32;

    private readonly Lock reading = new();
    private byte[]? key;

    /// <exception cref="IOException">The file can't be read or made now.</exception>
    public byte[] Read()
    {
        lock (reading)
        {
            return key ??= ReadOrMake(Path.Combine(directory, name));
        }
    }

    private byte[] ReadOrMake(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Length } kept)
        {
            return kept;
        }

        // Written aside and moved: a stop in between leaves no half a key, with which anyone could sign.
        Directory.CreateDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var fresh = RandomNumberGenerator.GetBytes(Length);
        using (var file = new FileStream($"{path}.new", options))
        {
            file.Write(fresh);
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.new", path, overwrite: true);
        return fresh;
    }
}
