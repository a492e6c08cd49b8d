using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchbill.Operations;
using Watchbill.Sentry.Simulator;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>From SQLite to PostgreSQL.</summary>
public sealed class MoveTests
{
    [Fact]
    public async Task What_was_moved_answers_the_same_its_log_is_intact_and_it_goes_on()
    {
        Assert.SkipUnless(TestDatabase.HasServer || TestDatabase.MustHaveServer, "Needs PostgreSQL.");
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, sentry);
        foreach (var command in (string[][])[["sync"], ["collect", "--kind", "issues"], ["evidence", "verify-log"]])
        {
            Assert.Equal(ExitCode.Ok, (await line.RunAsync(command)).ExitCode);
        }

        await line.RunAsync("check", "run");

        await using var target = await TestDatabase.CreateAsync(TestEngine.PostgreSql, migrate: null);
        var file = line.FileWith("target", target.Address);
        string[] there = ["--database", target.Address, "--key-folder", Path.ChangeExtension(line.DatabaseFile, ".keys")];

        var moved = await line.RunAsync("move", "--to-file", file);

        Assert.True(moved.ExitCode is ExitCode.Ok, moved.Error);
        foreach (var command in (string[][])[["members", "list", "-o", "csv"], ["facts", "-o", "json"], ["check", "list", "-o", "csv"], ["evidence", "list", "issues", "-o", "csv"], ["access", "diff", "1d", "-o", "csv"]])
        {
            var (before, after) = (await line.RunAsync(command), await line.RunAsync([.. command, .. there]));
            Assert.Equal(Steady(before.Output), Steady(after.Output));
        }

        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["evidence", "verify-log", .. there])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["sync", .. there])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["evidence", "verify-log", .. there])).ExitCode);
        await AssertNextNumbersAreNewAsync(line.DatabaseFile, target.Address["postgres:".Length..]);
        Assert.Contains("is not empty", (await line.RunAsync("move", "--to-file", file)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_refused_while_a_server_works_with_it_and_nothing_half_moved_stays()
    {
        Assert.SkipUnless(TestDatabase.HasServer || TestDatabase.MustHaveServer, "Needs PostgreSQL.");
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, sentry);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync")).ExitCode);
        await using var target = await TestDatabase.CreateAsync(TestEngine.PostgreSql, migrate: null);
        await using (var product = new ServiceCollection().AddWatchbill(DatabaseAddress.Sqlite(line.DatabaseFile), Path.ChangeExtension(line.DatabaseFile, ".keys")).BuildServiceProvider())
        {
            var nodes = product.GetRequiredService<NodeBook>();
            await nodes.BeatAsync(default);
            Assert.Contains("A server works with this database", (await line.RunAsync("move", "--to", target.Address)).Error, StringComparison.Ordinal);
            await nodes.LeaveAsync(default);
        }

        // A text that PostgreSQL cannot hold, in one of the last tables.
        await using (var connection = new SqliteConnection($"Data Source={line.DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE team_fact SET name = 'broken' || char(0)";
            Assert.True(await command.ExecuteNonQueryAsync() > 0);
        }

        var refused = await line.RunAsync("move", "--to", target.Address);

        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("does not take", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0L, await CountAsync(target.Address["postgres:".Length..], "SELECT count(*) FROM audit_event"));
    }

    [Theory]
    [InlineData("sqlite:elsewhere.db", "from SQLite to PostgreSQL")]
    [InlineData("mysql:x", "postgres:")]
    [InlineData(null, "Say where to")]
    public async Task A_target_that_is_none_is_explained(string? target, string sentence)
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, sentry);

        var finished = await line.RunAsync(target is null ? ["move"] : ["move", "--to", target]);

        Assert.Equal(ExitCode.BadInput, finished.ExitCode);
        Assert.Contains(sentence, finished.Error, StringComparison.Ordinal);
    }

    /// <summary>Ages are told from now.</summary>
    private static string Steady(string output) => System.Text.RegularExpressions.Regex.Replace(output, "\"(?:asOf|at|until)\": ?\"[^\"]*\"", "");

    /// <summary>What a counter gives next is larger than all that is there.</summary>
    private static async Task AssertNextNumbersAreNewAsync(string sqlite, string postgres)
    {
        await using var connection = new SqliteConnection($"Data Source={sqlite};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, seq FROM sqlite_sequence WHERE name IN ('connector', 'sync_run', 'audit_event', 'check_run', 'account')";
        await using var reader = await command.ExecuteReaderAsync();
        var tables = 0;
        for (; await reader.ReadAsync(); tables++)
        {
            Assert.True(await CountAsync(postgres, $"SELECT nextval(pg_get_serial_sequence('{reader.GetString(0)}', 'id'))") > reader.GetInt64(1), reader.GetString(0));
        }

        Assert.InRange(tables, 3, 5);
    }

    private static async Task<long> CountAsync(string postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
