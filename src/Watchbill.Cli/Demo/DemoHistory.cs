using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Cli.Demo;

/// <summary>What the demonstration remembers between runs: enough to make the same organization again, at the same address.</summary>
/// <param name="Port">The port the simulated Sentry listened on: the connector's address holds it.</param>
/// <param name="GeneratedAt">The instant the organization was generated for.</param>
/// <param name="Days">The instants at which a day of changes happened, in order.</param>
internal sealed record DemoHistory(int Port, DateTimeOffset GeneratedAt, IReadOnlyList<DateTimeOffset> Days)
{
    /// <summary>The port the console listened on, so that bookmarks stay right; 0 before there was one.</summary>
    public int ConsolePort { get; init; }

    /// <summary>Reads it; null when there is none, or it is not usable.</summary>
    public static DemoHistory? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), DemoJson.Default.DemoHistory) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, DemoJson.Default.DemoHistory));
        File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>How the history is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoHistory))]
internal sealed partial class DemoJson : JsonSerializerContext;
