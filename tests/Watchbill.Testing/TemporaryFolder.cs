namespace Watchbill.Testing;

/// <summary>A folder of one test's own, removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder, readable by its owner only.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("watchbill-test-").FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The path of a file in it; the file need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The permissions of a file or folder. Windows has none of this kind; skip the test there.</summary>
    public static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException("Windows has no Unix permissions.") : System.IO.File.GetUnixFileMode(path);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
