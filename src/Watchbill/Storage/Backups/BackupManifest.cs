using System.Text.Json.Serialization;

namespace Watchbill.Storage.Backups;

/// <summary>What a backup says of itself, so that it can be looked through before anything is replaced by it.</summary>
/// <param name="Format">Which way of writing it is; 1.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Schema">The schema of its database.</param>
/// <param name="Files">SHA-256 of every other file, in hex, by its name.</param>
public sealed record BackupManifest(int Format, DateTimeOffset MadeAt, long Schema, IReadOnlyDictionary<string, string> Files)
{
    internal const int KnownFormat = 1;
    internal const string Name = "backup.json";
    internal const string Database = "watchbill.db";
    internal const string Keys = "keys/";

    /// <summary>Whether the keys of secrets and evidence are in it.</summary>
    public bool HasKeys => Files.Keys.Any(static name => name.StartsWith(Keys, StringComparison.Ordinal));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
