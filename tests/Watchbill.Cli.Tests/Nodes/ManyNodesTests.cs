using System.Net;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>Three real processes on one real PostgreSQL: whichever is killed, stands still past its lease or loses the database, nothing is lost, and nothing happens twice.</summary>
public sealed class ManyNodesTests
{
    private const int Organizations = 9;

    [Fact]
    public async Task Syncs_survive_a_killed_node_and_one_that_stands_still_past_its_lease_and_wakes()
    {
        await using var cluster = await Cluster.StartAsync(nodes: 3);
        await ConnectAllAsync(cluster, TimeSpan.FromMilliseconds(120));
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await RunningAsync(cluster)).Distinct().Count() == 3);
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
        await Cluster.UntilAsync(async () => await StatusAsync(asleep, "/health/ready") is HttpStatusCode.OK);
        await cluster.AssertWholeAsync();
        Assert.Equal(["Interrupted", "Succeeded"], (await cluster.QueryAsync("SELECT DISTINCT state FROM sync_run")).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await cluster.QueryAsync("SELECT DISTINCT instance_name FROM qrtz_scheduler_state UNION SELECT 'killed'")).Count);
    }

    [Fact]
    public async Task A_node_that_is_cut_from_the_database_says_so_and_the_others_do_its_work_and_all_go_on_after_a_restart()
    {
        await using var cluster = await Cluster.StartAsync(nodes: 3);
        await ConnectAllAsync(cluster, TimeSpan.FromMilliseconds(120));
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await RunningAsync(cluster)).Distinct().Count() == 3);

        cluster.Lines[0].Cut();
        await Cluster.UntilAsync(async () => await StatusAsync(cluster.Nodes[0], "/health/ready") is HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cluster.Nodes[0], "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cluster.Nodes[1], "/health/ready"));
        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();

        // As a database that restarts does it: whatever is open ends, and nobody gets in for a while.
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await RunningAsync(cluster)).Count > 0);
        cluster.Lines.ForEach(static line => line.Cut());
        await Cluster.UntilAsync(async () => await StatusAsync(cluster.Nodes[2], "/health/ready") is HttpStatusCode.ServiceUnavailable);
        cluster.Lines.ForEach(static line => line.Mend());
        foreach (var node in cluster.Nodes)
        {
            await Cluster.UntilAsync(async () => await StatusAsync(node, "/health/ready") is HttpStatusCode.OK);
        }

        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();
    }

    [Fact]
    public async Task A_node_that_is_told_to_end_says_so_first_goes_on_answering_and_leaves_its_work_to_the_others()
    {
        await using var cluster = await Cluster.StartAsync(nodes: 2, ("WATCHBILL_DRAIN_SECONDS", "3"));
        await ConnectAllAsync(cluster, TimeSpan.FromMilliseconds(120));
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await RunningAsync(cluster)).Distinct().Count() == 2);

        var ending = cluster.Nodes[0].EndAsync();
        await Cluster.UntilAsync(async () => await StatusAsync(cluster.Nodes[0], "/health/ready") is HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cluster.Nodes[0], "/sign-in"));

        Assert.Equal(0, await ending);
        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();
    }

    private static async Task ConnectAllAsync(Cluster cluster, TimeSpan latency)
    {
        for (var count = 0; count < Organizations; count++)
        {
            await cluster.ConnectAsync();
        }

        foreach (var sentry in cluster.Sentries)
        {
            sentry.Latency = latency;
        }
    }

    /// <summary>The processes that read something now.</summary>
    private static Task<List<string>> RunningAsync(Cluster cluster) => cluster.QueryAsync("SELECT owner FROM sync_run WHERE state = 'Running'");

    private static async Task<HttpStatusCode> StatusAsync(Node node, string path)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
