namespace Watchbill.Cli.Tests.Killed;

/// <summary>A sync, killed at chosen points: no fact is lost, none invented, none doubled.</summary>
public sealed class KilledSyncTests : KilledProgram
{
    [Fact]
    public async Task Killed_at_any_point_the_next_run_ends_where_an_undisturbed_one_would()
    {
        await ConnectAsync();
        var whole = await CountRequestsAsync();
        AssertLedgerIsTruth();

        foreach (var share in (double[])[0.02, 0.3, 0.6, 0.9, 0.99, 1, 1])
        {
            Change();
            await KillAfterAsync((int)(whole * share));
            AssertNoPeriodIsDoubled();
        }

        Assert.Equal(0, await RunAsync("sync"));
        AssertLedgerIsTruth();
        AssertNoPeriodIsDoubled();
        Assert.Equal(0, await RunAsync("evidence", "verify-log"));
    }

    /// <summary>A disk that is full in the middle: the operating system refuses to let any file grow further.</summary>
    [Fact]
    public async Task A_disk_that_is_full_is_told_and_nothing_half_done_stays()
    {
        await ConnectAsync();
        Assert.Equal(0, await RunAsync("sync"));
        List<string> before = [.. OpenKeys("member_fact")];
        for (var more = 0; more < 40; more++)
        {
            Change();
        }

        foreach (var command in (string[][])[["sync"], ["collect", "--kind", "issues"]])
        {
            using var process = Start(command, mostKilobytesOfAFile: 40);
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal(1, process.ExitCode);
            Assert.Contains("Check the disk", await output + await error, StringComparison.Ordinal);
            AssertWhole();
        }

        Assert.Equal(before, OpenKeys("member_fact"));
        Assert.Equal(0, await RunAsync("sync"));
        AssertLedgerIsTruth();
    }
}
