namespace Watchbill.Cli.Tests.Killed;

/// <summary>Whatever reads, killed anywhere.</summary>
public sealed class KilledAtRandomTests : KilledProgram
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("WATCHBILL_CHAOS_ROUNDS"), out var rounds) ? Math.Clamp(rounds, 1, 10_000) : 8;

    /// <summary>Full runs, runs of changes and collections, each killed somewhere or not: bounded here, longer with <c>WATCHBILL_CHAOS_ROUNDS</c>.</summary>
    [Fact]
    public async Task Killed_at_random_whatever_it_does_nothing_is_lost_invented_or_doubled()
    {
        await ConnectAsync(readsAuditLog: true);
        var whole = await CountRequestsAsync();
        var random = new Random(20261128);
        for (var round = 0; round < Rounds; round++)
        {
            Change();
            string[] command = random.GetItems<string[]>([["sync"], ["sync", "--incremental"], ["collect", "--kind", "issues", "--kind", "releases", "--kind", "project-settings"]], 1)[0];
            await KillAfterAsync(random.Next(whole + 20), command);
            AssertWhole();
        }

        Assert.Equal(0, await RunAsync("sync"));
        Assert.Equal(0, await RunAsync("collect", "--kind", "issues", "--kind", "releases", "--kind", "project-settings"));
        AssertLedgerIsTruth();
        AssertWhole();
        Assert.Equal(Sentry.World.Organization("acme").Projects.Select(static project => $"{project.Id}").Order(StringComparer.Ordinal), OpenEvidence("ProjectSettings"));
        Assert.Empty(Query("SELECT key FROM collected_staged"));
        Assert.Equal(0, await RunAsync("evidence", "verify-log"));
    }
}
