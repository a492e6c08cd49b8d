namespace Watchbill.Bench;

/// <summary>A folder for the database that the benchmark fills; gone when it ends.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watchbill-bench-");

    public string DatabaseFile => Path.Combine(_folder.FullName, "bench.db");

    public string KeyFolder => Path.Combine(_folder.FullName, "keys");

    public string TokenFile => Path.Combine(_folder.FullName, "token");

    public void Dispose() => _folder.Delete(recursive: true);
}
