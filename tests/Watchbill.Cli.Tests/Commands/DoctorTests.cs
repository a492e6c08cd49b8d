using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Finds and explains what is wrong.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_sound_one_is_said_to_be_and_the_bundle_holds_no_secret_no_person_and_no_name()
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine { Variables = { ["WATCHBILL_SMTP_HOST"] = "mail.example.com", ["WATCHBILL_SMTP_FROM"] = "watchbill@example.com", ["WATCHBILL_SMTP_USER"] = "planted-user", ["WATCHBILL_SMTP_PASSWORD"] = "planted-password" } };
        await Connections.ConnectAsync(line, sentry);
        await line.RunAsync("sync");
        var file = Path.Combine(line.Folder, "support.zip");

        var examined = await line.RunAsync("doctor", "--deep", "--bundle", file);

        Assert.True(examined.ExitCode is ExitCode.Ok, examined.All);
        Assert.Contains("Nothing is broken", examined.All, StringComparison.Ordinal);
        Assert.Contains("Every page of the file is sound", examined.All, StringComparison.Ordinal);
        Assert.Contains("No server works with this database now", examined.All, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", examined.All, StringComparison.Ordinal);
        var bundle = await ReadAsync(file);
        Assert.Contains("\"requests\"", bundle, StringComparison.Ordinal);
        Assert.Contains("SMTP_PASSWORD", bundle, StringComparison.Ordinal);
        var acme = sentry.World.Organization("acme");
        foreach (var secret in (IEnumerable<string>)["planted", "acme", "Acme", .. acme.Members.Select(static member => member.Email), .. sentry.World.Tokens.Select(static token => token.Value)])
        {
            Assert.DoesNotContain(secret, bundle, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("doctor", "--bundle", file)).ExitCode);
    }

    [Fact]
    public async Task What_is_wrong_is_found_and_explained()
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine { Variables = { ["WATCHBILL_PASSWORDS"] = "off", ["WATCHBILL_DRAIN_SECONDS"] = "soon" } };
        Assert.Contains("There is no database at", (await line.RunAsync("doctor")).All, StringComparison.Ordinal);
        await Connections.ConnectAsync(line, sentry);
        await line.RunAsync("sync");
        await ExecuteAsync(line, "UPDATE connector SET state = 'Failed', state_reason = 'Sentry does not know the token.'");
        await ExecuteAsync(line, "INSERT INTO mail (kind, recipient, subject, state, attempts, created_at, next_attempt_at) VALUES ('x', 'ada@example.com', 'x', 'Waiting', 0, 1, 1)");
        foreach (var key in Directory.EnumerateFiles(Path.ChangeExtension(line.DatabaseFile, ".keys"), "*.xml"))
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var examined = await line.RunAsync("doctor");

        Assert.Equal(ExitCode.Refused, examined.ExitCode);
        foreach (var found in (string[])["nobody could sign in", "WATCHBILL_DRAIN_SECONDS", "Sentry does not know the token", "Mails and messages do not go out", "can be read by others", "No server works"])
        {
            Assert.Contains(found, examined.All, StringComparison.Ordinal);
        }

        Directory.Delete(Path.ChangeExtension(line.DatabaseFile, ".keys"), recursive: true);
        Assert.Contains("cannot be decrypted", (await line.RunAsync("doctor")).All, StringComparison.Ordinal);
        await ExecuteAsync(line, "INSERT INTO \"VersionInfo\" (\"Version\", \"AppliedOn\", \"Description\") VALUES (9999, 0, 'the future')");
        Assert.Contains("9999", (await line.RunAsync("doctor")).All, StringComparison.Ordinal);
        SqliteConnection.ClearAllPools();
        File.Delete(line.DatabaseFile + "-wal");
        File.Delete(line.DatabaseFile + "-shm");
        await File.WriteAllTextAsync(line.DatabaseFile, "no database at all, but long enough to look like one: " + new string('x', 5000));
        Assert.Contains("is not a SQLite database", (await line.RunAsync("doctor")).All, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(CommandLine line, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={line.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var zip = await ZipFile.OpenReadAsync(file);
        var all = "";
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            all += await reader.ReadToEndAsync();
        }

        return all;
    }
}
