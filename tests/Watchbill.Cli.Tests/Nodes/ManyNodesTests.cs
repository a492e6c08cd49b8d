using System.Net;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>Three real processes on one real PostgreSQL: whichever is killed or stands still past its lease, nothing is lost, and nothing happens twice.</summary>
public sealed class ManyNodesTests
{
    private const int Organizations = 9;

    [Fact]
    public async Task Syncs_survive_a_killed_node_and_one_that_stands_still_past_its_lease_and_wakes()
    {
        await using var cluster = await Cluster.StartAsync(nodes: 3);
        await cluster.ConnectAllAsync(Organizations, TimeSpan.FromMilliseconds(120));
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await cluster.SyncingAsync()).Distinct().Count() == 3);
        var killed = cluster.Nodes[0];
        var asleep = cluster.Nodes[1];

        asleep.Signal("STOP");
        var held = (await cluster.QueryAsync($"SELECT id FROM sync_run WHERE state = 'Running' AND owner LIKE '%/{asleep.Id}/%'")).Count;
        await killed.KillAsync();
        Assert.True(held > 0, "The sleeping node read nothing when it fell asleep.");
        await cluster.UntilReadAsync();
        asleep.Signal("CONT");

        Assert.Equal(Organizations, (await cluster.QueryAsync("SELECT DISTINCT connector_id FROM sync_run WHERE state = 'Succeeded'")).Count);
        await cluster.AssertWholeAsync();
        await cluster.AskForSyncsAsync();
        await cluster.UntilReadAsync();
        await Cluster.UntilAsync(async () => await Cluster.StatusAsync(asleep, "/health/ready") is HttpStatusCode.OK);
        await cluster.AssertWholeAsync();
        Assert.Equal(["Interrupted", "Succeeded"], (await cluster.QueryAsync("SELECT DISTINCT state FROM sync_run")).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await cluster.QueryAsync("SELECT DISTINCT instance_name FROM qrtz_scheduler_state UNION SELECT 'killed'")).Count);
    }

    [Fact]
    public async Task A_node_that_is_told_to_end_says_so_first_goes_on_answering_and_leaves_its_work_to_the_others()
    {
        await using var cluster = await Cluster.StartAsync(nodes: 2, ("WATCHBILL_DRAIN_SECONDS", "8"));
        await cluster.ConnectAllAsync(Organizations, TimeSpan.FromMilliseconds(120));
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await cluster.SyncingAsync()).Distinct().Count() == 2);

        var ending = cluster.Nodes[0].EndAsync();
        await Cluster.UntilAsync(async () => await Cluster.StatusAsync(cluster.Nodes[0], "/health/ready") is HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await Cluster.StatusAsync(cluster.Nodes[0], "/sign-in"));

        Assert.Equal(0, await ending);
        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();
    }
}
