using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>Logs of old runs go; what the runs found, and the log that says how the kept time began, stay.</summary>
public sealed class SweepRunLogsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Logs_before_the_last_complete_run_before_the_kept_time_are_removed(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(engine: engine);
        SyncRun[] runs = [await acme.SyncAsync(), await acme.CatchUpAsync(), await acme.SyncAsync(), await acme.CatchUpAsync()];
        Assert.Equal(0, await acme.Get<SweepRunLogs>().RunAsync(Stop));
        await using var later = acme.Again<TimeProvider>(new AheadClock(TimeSpan.FromDays(401)));

        Assert.Equal(2, await later.Get<SweepRunLogs>().RunAsync(Stop));
        Assert.Equal(0, await later.Get<SweepRunLogs>().RunAsync(Stop));

        Assert.Equal(0, await LinesAsync(acme, runs[0]));
        Assert.Equal(0, await LinesAsync(acme, runs[1]));
        Assert.True(await LinesAsync(acme, runs[2]) > 0, "The last complete run before the kept time lost its log.");
        Assert.True(await LinesAsync(acme, runs[3]) > 0, "A run after it lost its log.");
        Assert.Equal(4, (await acme.Get<ConnectorQueries>().RunsAsync(acme.Connector.Id, 10, Caller.System, Stop)).Value.Count);
        var noted = Assert.Single(await acme.Get<AuditLog>().ListAsync(new AuditQuery { SubjectKind = "connector", Limit = 1000 }, Stop), static one => one.Action == "run-logs-removed");
        Assert.Contains($"\"firstRun\":{runs[0].Id}", noted.Before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_for_ever_is()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        await acme.SyncAsync();
        await acme.SyncAsync();
        await using var later = acme.Again<TimeProvider>(new AheadClock(TimeSpan.FromDays(3650)));
        await using var forever = later.Again(new RetentionOptions(RunLogs: null));
        Assert.Equal(0, await forever.Get<SweepRunLogs>().RunAsync(Stop));
        await using var unread = await ConnectedOrganization.StartAsync();
        Assert.Equal(0, await unread.Get<SweepRunLogs>().RunAsync(Stop));
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("90", 90)]
    [InlineData("3650", 3650)]
    [InlineData("Forever", null)]
    public void The_setting_is_read(string? text, int? days) =>
        Assert.Equal(days, RetentionOptions.Read(new Dictionary<string, string?> { ["KEEP_RUN_LOGS_DAYS"] = text }).RunLogs?.Days);

    [Theory]
    [InlineData("89")]
    [InlineData("3651")]
    [InlineData("a year")]
    [InlineData("-400")]
    public void What_cannot_be_meant_is_said(string text) =>
        Assert.Contains("from 90 to 3650", Assert.Throws<RetentionSettingsException>(() => RetentionOptions.Read(new Dictionary<string, string?> { ["KEEP_RUN_LOGS_DAYS"] = text })).Message, StringComparison.Ordinal);

    private static async Task<int> LinesAsync(ConnectedOrganization acme, SyncRun run) => (await acme.Get<ConnectorQueries>().ScopesAsync(run.Id, Caller.System, Stop)).Value.Count;
}
