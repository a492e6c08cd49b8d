using System.Text.Json;
using Microsoft.Data.Sqlite;
using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>The evidence log at the command line.</summary>
public sealed class EvidenceLogTests
{
    [Fact]
    public async Task A_changed_audit_event_is_found_also_by_a_kept_checkpoint()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        var checkpoint = await line.RunAsync("evidence", "log", "--checkpoint");
        Assert.StartsWith("watchbill.log/", checkpoint.Output, StringComparison.Ordinal);
        var kept = Path.Combine(line.Folder, "kept.txt");
        await File.WriteAllTextAsync(kept, checkpoint.Output);

        var intact = await line.RunAsync("evidence", "verify-log", "--kept", kept);
        Assert.Equal(ExitCode.Ok, intact.ExitCode);
        Assert.Contains("Intact:", intact.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("evidence", "verify-log", "--kept", kept + "x")).ExitCode);

        await using (var connection = new SqliteConnection($"Data Source={line.DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER audit_event_no_update; UPDATE audit_event SET actor_id = 'nobody' WHERE id = 1";
            await command.ExecuteNonQueryAsync();
        }

        var tampered = await line.RunAsync("evidence", "verify-log");
        Assert.Equal(ExitCode.Tampered, tampered.ExitCode);
        Assert.Contains("is not as it was written", tampered.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_replaced_and_packs_fit_the_old_fingerprint()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        await line.RunAsync("check", "run");
        var first = await line.RunAsync("evidence", "keys", "--pem", "statements");
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", first.Output, StringComparison.Ordinal);
        var fingerprint = await FingerprintAsync(line, generation: 1);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("evidence", "replace-key", "statements")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("evidence", "replace-key", "passports", "--reason", "yearly")).ExitCode);

        var replaced = await line.RunAsync("evidence", "replace-key", "statements", "--reason", "yearly");
        Assert.Equal(ExitCode.Ok, replaced.ExitCode);
        Assert.Contains("Key 2 signs statements from now on.", replaced.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "replace-key", "log", "--reason", "yearly")).ExitCode);
        Assert.NotEqual(first.Output, (await line.RunAsync("evidence", "keys", "--pem", "statements")).Output);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "verify-log")).ExitCode);

        var pack = Path.Combine(line.Folder, "pack.zip");
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "pack", "gdpr", "--out", pack)).ExitCode);
        var verified = await line.RunAsync("evidence", "verify", pack, "--key", fingerprint);
        Assert.Equal(ExitCode.Ok, verified.ExitCode);
        Assert.Contains("made its successor", verified.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Tampered, (await line.RunAsync("evidence", "verify", pack, "--key", new string('0', 64))).ExitCode);
    }

    private static async Task<string> FingerprintAsync(CommandLine line, int generation)
    {
        using var document = JsonDocument.Parse((await line.RunAsync("evidence", "keys", "-o", "json")).Output);
        return document.RootElement.GetProperty("rows").EnumerateArray().Single(key => key.GetProperty("use").GetString() == "statements" && key.GetProperty("generation").GetInt32() == generation).GetProperty("fingerprint").GetString()!;
    }
}
