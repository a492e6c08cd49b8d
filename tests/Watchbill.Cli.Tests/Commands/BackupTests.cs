using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Database and keys in one file, and back.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task What_is_restored_answers_the_same_and_its_log_is_intact()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        await line.RunAsync("check", "run");
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "verify-log")).ExitCode);
        var file = Path.Combine(line.Folder, "friday.backup");

        // Somebody else works with it meanwhile, in the middle of a change.
        await using (var busy = new SqliteConnection($"Data Source={line.DatabaseFile};Pooling=False"))
        {
            await busy.OpenAsync();
            await using var transaction = busy.BeginTransaction(deferred: true);
            await using var command = busy.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM member_fact";
            Assert.NotNull(await command.ExecuteScalarAsync());
            var made = await line.RunAsync("backup", "--out", file);
            Assert.Equal(ExitCode.Ok, made.ExitCode);
            Assert.Contains("keep it as you keep passwords", made.Output + made.Error, StringComparison.Ordinal);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("backup", "--out", file)).ExitCode);
        var before = await line.RunAsync("members", "list", "-o", "csv");

        string[] elsewhere = ["--database", $"sqlite:{Path.Combine(line.Folder, "restored", "x.db")}", "--key-folder", Path.Combine(line.Folder, "restored", "keys")];
        var restored = await line.RunAsync(["restore", file, .. elsewhere]);
        Assert.True(restored.ExitCode is ExitCode.Ok, restored.Error);
        Assert.Equal(before.Output, (await line.RunAsync(["members", "list", "-o", "csv", .. elsewhere])).Output);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["evidence", "verify-log", .. elsewhere])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["sync", .. elsewhere])).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync(["restore", file, .. elsewhere])).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(line.Folder, ".watchbill-*"));
        Assert.Empty(Directory.GetFiles(line.Folder, "*.part"));
    }

    [Fact]
    public async Task What_is_no_backup_changes_nothing()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("backup")).ExitCode);
        await Connections.ConnectAsync(line, server);
        var file = Path.Combine(line.Folder, "friday.backup");
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("backup", "--out", file)).ExitCode);
        var target = Path.Combine(line.Folder, "restored");
        string[] elsewhere = ["--database", $"sqlite:{Path.Combine(target, "x.db")}", "--key-folder", Path.Combine(target, "keys")];
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync(["restore", file + "x", .. elsewhere])).ExitCode);
        foreach (var (change, words) in ((Action<ZipArchive>, string)[])
            [
                (static zip => zip.GetEntry("backup.json")!.Delete(), "does not say what is in it"), (static zip => zip.GetEntry("watchbill.db")!.Delete(), "is not in it"),
                (static zip => Replace(zip, "watchbill.db", "no database"), "is not as it was written"), (static zip => Replace(zip, "backup.json", "[]"), "cannot be read"),
                (static zip => Replace(zip, "backup.json", """{"format":2,"madeAt":"2026-01-01T00:00:00Z","schema":1,"files":{}}"""), "does not know"),
                (static zip => Replace(zip, "backup.json", """{"format":1,"madeAt":"2026-01-01T00:00:00Z","schema":1,"files":{}}"""), "no database in the backup"),
                (static zip => Replace(zip, "backup.json", """{"format":1,"madeAt":"2026-01-01T00:00:00Z","schema":1,"files":{"keys/../../evil":"00"}}"""), "which no backup holds"),
            ])
        {
            var changed = Path.Combine(line.Folder, "changed.backup");
            File.Copy(file, changed, overwrite: true);
            using (var zip = ZipFile.Open(changed, ZipArchiveMode.Update))
            {
                change(zip);
            }

            var refused = await line.RunAsync(["restore", changed, .. elsewhere]);
            Assert.Equal(ExitCode.BadInput, refused.ExitCode);
            Assert.Contains(words, refused.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(target, "x.db")));
            Assert.False(Directory.Exists(Path.Combine(target, "keys")));
        }

        Directory.CreateDirectory(target);
        await File.WriteAllTextAsync(Path.Combine(target, "x.db-wal"), "left behind");
        Assert.Contains("x.db-wal is there already", (await line.RunAsync(["restore", file, .. elsewhere])).Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(target, "x.db-wal"));
        Assert.Contains("could not be made", (await line.RunAsync("backup", "--out", "/proc/nowhere/x.backup")).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "no zip");
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync(["restore", file, .. elsewhere])).ExitCode);
    }

    private static void Replace(ZipArchive zip, string name, string text)
    {
        zip.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
