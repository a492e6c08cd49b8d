using System.Diagnostics;
using Npgsql;
using Watchbill.Sentry.Simulator;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>A backup of PostgreSQL by its own tools, as the documentation says.</summary>
public sealed class PostgresBackupTests
{
    [Fact]
    public async Task What_was_dumped_and_restored_answers_the_same_its_log_is_intact_and_it_goes_on()
    {
        Assert.SkipUnless(TestDatabase.HasServer || TestDatabase.MustHaveServer, "Needs PostgreSQL.");
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        await using var first = await TestDatabase.CreateAsync(TestEngine.PostgreSql, migrate: null);
        await using var second = await TestDatabase.CreateAsync(TestEngine.PostgreSql, migrate: null);
        using var line = new CommandLine();
        line.Variables["WATCHBILL_KEY_FOLDER"] = Path.Combine(line.Folder, "keys");
        line.Variables[GlobalOptions.DatabaseVariable] = first.Address;
        await Connections.ConnectAsync(line, sentry);
        foreach (var command in (string[][])[["sync"], ["collect", "--kind", "issues"], ["evidence", "verify-log"]])
        {
            Assert.Equal(ExitCode.Ok, (await line.RunAsync(command)).ExitCode);
        }

        var before = await line.RunAsync("members", "list", "-o", "csv");
        var dump = Path.Combine(line.Folder, "watchbill.dump");
        await RunAsync("pg_dump", "--format=custom", $"--file={dump}", Target(first));
        await RunAsync("pg_restore", "--exit-on-error", "--no-owner", $"--dbname={Target(second)}", dump);

        line.Variables[GlobalOptions.DatabaseVariable] = second.Address;
        Assert.Equal(before.Output, (await line.RunAsync("members", "list", "-o", "csv")).Output);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "verify-log")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("evidence", "verify-log")).ExitCode);
    }

    /// <summary>As libpq writes addresses.</summary>
    private static string Target(TestDatabase database)
    {
        var address = new NpgsqlConnectionStringBuilder(database.Address["postgres:".Length..]);
        return $"host={address.Host} port={address.Port} user={address.Username} dbname={address.Database}";
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }
}
