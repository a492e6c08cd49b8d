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
}
