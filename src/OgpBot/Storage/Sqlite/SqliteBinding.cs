using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OgpBot.Storage.Sqlite;

/// <summary>
/// EF Core's SQLite provider was built against SQLitePCLRaw 2.1.13; where only 2.0.6 can be restored its assemblies carry a lower
/// version, and the loader refuses them. They are compatible in all that is used here, so the file beside our own is taken.
/// Delete this file when <c>SqliteBindingVersion</c> in <c>Directory.Packages.props</c> can be 2.1.13 or later.
/// </summary>
internal static class SqliteBinding
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must run before the first type of the provider is loaded, in tests and tools too.")]
    internal static void Bridge() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name?.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) == true
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{name.Name}.dll"))
            : null;
}
