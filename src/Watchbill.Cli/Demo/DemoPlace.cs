using Watchbill.Storage;

namespace Watchbill.Cli.Demo;

/// <summary>The files of the demonstration, in a folder of the person's choice.</summary>
internal sealed class DemoPlace(string folder)
{
    private readonly string _database = Path.Combine(folder, "demo.db");

    /// <summary>Its database and keys.</summary>
    public DatabaseChoice Database => new(DatabaseAddress.Sqlite(_database), Path.GetFullPath(Path.Combine(folder, "demo.keys")));

    /// <summary>What is remembered between runs.</summary>
    public string HistoryFile => Path.Combine(folder, "demo.json");

    /// <summary>How to mean this database on another command line.</summary>
    public string Option => folder == "data" ? "--demo" : $"--database sqlite:{_database}";

    /// <summary>The history to play: a new one for the first run, else the old one and one more day.</summary>
    public DemoHistory NextHistory(bool isFirst, DateTimeOffset now) => DemoHistory.Read(HistoryFile) is { } history && !isFirst
        ? history with { Days = [.. history.Days, now] }
        : new DemoHistory(Port: 0, now, Days: []);

    public void Clear()
    {
        foreach (var file in (string[])[_database, _database + "-wal", _database + "-shm", HistoryFile])
        {
            File.Delete(file);
        }
    }
}
