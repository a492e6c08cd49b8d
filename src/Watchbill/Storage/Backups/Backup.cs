using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Watchbill.Storage.Backups;

/// <summary>
/// A SQLite database and its key folder in one file, made while others work with them, and put back where there is nothing yet. PostgreSQL has tools of its own for that; its key folder is copied beside.
/// </summary>
public static class Backup
{
    private const string PartEnd = ".part";

    /// <summary>Makes one. The copy is of one moment, is looked through, and has its name only when it is complete and on the disk.</summary>
    /// <param name="database">What to copy.</param>
    /// <param name="keyFolder">Where its keys are; null to leave them out, because they are kept elsewhere.</param>
    /// <param name="target">The file to write; it must not be there yet. Readable by its owner only.</param>
    /// <param name="now">When it is made.</param>
    /// <exception cref="BackupException">It cannot be made.</exception>
    public static BackupManifest Make(DatabaseAddress database, string? keyFolder, string target, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.Engine is not DatabaseEngine.Sqlite)
        {
            throw new BackupException("This is a PostgreSQL database: back it up with pg_dump or a copy of the server, and copy the key folder with it, from the same time or later.");
        }

        if (File.Exists(target))
        {
            throw new BackupException($"{target} is there already; nothing is overwritten.");
        }

        if (!File.Exists(SqliteFile.PathOf(database)))
        {
            throw new BackupException($"There is no database at {SqliteFile.PathOf(database)}.");
        }

        var part = target + PartEnd;
        try
        {
            using var folder = new WorkFolder(target);
            var copy = folder.File(BackupManifest.Database);
            Copy(database, copy);
            var schema = Check(copy);
            List<(string Name, string Path)> files = [(BackupManifest.Database, copy), .. keyFolder is null ? [] : KeysOf(keyFolder)];
            var manifest = new BackupManifest(BackupManifest.KnownFormat, now, schema, files.ToDictionary(static file => file.Name, static file => Sha256Of(file.Path), StringComparer.Ordinal));
            Write(part, manifest, files);
            File.Move(part, target, overwrite: false);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new BackupException($"The backup could not be made: {exception.Message}", exception);
        }
        finally
        {
            // Where there is no folder, there is nothing to remove either.
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Puts one back. Everything is unpacked and compared with what the backup says of itself before anything has its name.</summary>
    /// <param name="source">The backup.</param>
    /// <param name="database">Where the database goes; there must be none.</param>
    /// <param name="keyFolder">Where the keys go; there must be none when the backup holds keys.</param>
    /// <exception cref="BackupException">It cannot be put back.</exception>
    public static BackupManifest Restore(string source, DatabaseAddress database, string keyFolder)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.Engine is not DatabaseEngine.Sqlite)
        {
            throw new BackupException("A backup goes into a SQLite file: name one with --database sqlite:FILE.");
        }

        var target = SqliteFile.PathOf(database);

        // A journal that a removed database left behind would be played into the restored one.
        if (((string[])[target, target + "-wal", target + "-journal"]).FirstOrDefault(File.Exists) is { } there)
        {
            throw new BackupException($"{there} is there already; nothing is overwritten. Move it away, or name another with --database.");
        }

        try
        {
            using var folder = new WorkFolder(target);
            var manifest = Unpack(source, folder);
            var schema = Check(folder.File(BackupManifest.Database));
            if (schema > Migrator.Latest)
            {
                throw new BackupException($"The backup was made by a newer version (schema {schema}; this one knows {Migrator.Latest}). Use that version.");
            }

            if (manifest.HasKeys && !FitsInto(keyFolder, manifest))
            {
                throw new BackupException($"The key folder {keyFolder} holds other keys; nothing is overwritten. Move it away, or name another with --key-folder.");
            }

            PutKeys(manifest, folder, keyFolder);
            SqliteFile.CreateFolder(Path.GetDirectoryName(target)!);
            File.Move(folder.File(BackupManifest.Database), target, overwrite: false);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException or InvalidDataException)
        {
            throw new BackupException($"The backup could not be restored: {exception.Message}", exception);
        }
    }

    private static void Copy(DatabaseAddress database, string copy)
    {
        SqliteFile.CreateFile(copy);
        using var from = Open(SqliteFile.PathOf(database));
        using var to = Open(copy);
        from.BackupDatabase(to);
    }

    /// <summary>A copy of a broken database, or of somebody else's, is no backup.</summary>
    /// <returns>Its schema.</returns>
    private static long Check(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw new BackupException("The database is damaged: SQLite's integrity check fails. Take an earlier backup.");
        }

        return SchemaVersion.Read(connection) is > 0 and var schema ? schema : throw new BackupException("This is no database of Watchbill.");
    }

    /// <summary>Kept by no pool: the file is moved or removed afterwards.</summary>
    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static IEnumerable<(string Name, string Path)> KeysOf(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(static file => (BackupManifest.Keys + Path.GetFileName(file), file)) : [];

    private static void Write(string part, BackupManifest manifest, IReadOnlyList<(string Name, string Path)> files)
    {
        SqliteFile.CreateFile(part);
        using var file = new FileStream(part, FileMode.Truncate, FileAccess.Write);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var about = zip.CreateEntry(BackupManifest.Name).Open())
            {
                JsonSerializer.Serialize(about, manifest, BackupJson.Default.BackupManifest);
            }

            foreach (var (name, path) in files)
            {
                using var content = File.OpenRead(path);
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                content.CopyTo(entry);
            }
        }

        file.Flush(flushToDisk: true);
    }

    private static BackupManifest Unpack(string source, WorkFolder folder)
    {
        using var zip = ZipFile.OpenRead(source);
        var manifest = Read(zip);
        foreach (var (name, sha256) in manifest.Files)
        {
            // A name of the backup never leads out of the folder.
            var isOurs = name == BackupManifest.Database || (name.StartsWith(BackupManifest.Keys, StringComparison.Ordinal) && Path.GetFileName(name) == name[BackupManifest.Keys.Length..] && name.Length > BackupManifest.Keys.Length);
            if (!isOurs || zip.GetEntry(name) is not { } entry)
            {
                throw new BackupException($"The backup names {name}, which no backup holds, or it is not in it.");
            }

            var path = folder.File(name);
            SqliteFile.CreateFile(path);
            using (var content = entry.Open())
            using (var file = new FileStream(path, FileMode.Truncate, FileAccess.Write))
            {
                content.CopyTo(file);
                file.Flush(flushToDisk: true);
            }

            if (Sha256Of(path) != sha256)
            {
                throw new BackupException($"{name} in the backup is not as it was written. Take another backup.");
            }
        }

        return manifest.Files.ContainsKey(BackupManifest.Database) ? manifest : throw new BackupException("There is no database in the backup.");
    }

    private static BackupManifest Read(ZipArchive zip)
    {
        try
        {
            using var about = zip.GetEntry(BackupManifest.Name)?.Open() ?? throw new BackupException("This is no backup of Watchbill: it does not say what is in it.");
            var manifest = JsonSerializer.Deserialize(about, BackupJson.Default.BackupManifest);
            return manifest is { Format: BackupManifest.KnownFormat, Files: not null } ? manifest : throw new BackupException("The backup is written in a way that this version does not know. Use a newer one.");
        }
        catch (JsonException wrong)
        {
            throw new BackupException("This is no backup of Watchbill: what it says of itself cannot be read.", wrong);
        }
    }

    /// <summary>Killed between keys and database, the same backup can be put back again: its own keys are in nobody's way.</summary>
    private static bool FitsInto(string keyFolder, BackupManifest manifest) =>
        !Directory.Exists(keyFolder) || Directory.EnumerateFileSystemEntries(keyFolder).All(file => manifest.Files.GetValueOrDefault(BackupManifest.Keys + Path.GetFileName(file)) is { } sha256 && Sha256Of(file) == sha256);

    private static void PutKeys(BackupManifest manifest, WorkFolder folder, string keyFolder)
    {
        if (!manifest.HasKeys)
        {
            return;
        }

        SqliteFile.CreateFolder(keyFolder);
        foreach (var name in manifest.Files.Keys.Where(static name => name.StartsWith(BackupManifest.Keys, StringComparison.Ordinal)))
        {
            var key = Path.Combine(keyFolder, Path.GetFileName(name));
            if (!File.Exists(key))
            {
                SqliteFile.MakePrivate(folder.File(name));
                File.Move(folder.File(name), key, overwrite: false);
            }
        }
    }

    private static string Sha256Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>A folder beside the target, for its owner only, that goes whatever happens: a move from there is one step.</summary>
    private sealed class WorkFolder : IDisposable
    {
        private readonly string _path;

        public WorkFolder(string beside)
        {
            _path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(beside))!, $".watchbill-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
            SqliteFile.CreateFolder(_path);
            SqliteFile.CreateFolder(Path.Combine(_path, BackupManifest.Keys));
        }

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
