using System.Net;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>Three real processes on one real PostgreSQL, and a line to it that breaks.</summary>
public sealed class CutNodeTests
{
    private const int Organizations = 9;

    [Fact]
    public async Task A_node_that_is_cut_from_the_database_says_so_and_the_others_do_its_work_and_all_go_on_after_a_restart()
    {
        await using var cluster = await Cluster.StartAsync(nodes: 3);
        await cluster.ConnectAllAsync(Organizations, TimeSpan.FromMilliseconds(120));
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await cluster.SyncingAsync()).Distinct().Count() == 3);

        cluster.Lines[0].Cut();
        await Cluster.UntilAsync(async () => await Cluster.StatusAsync(cluster.Nodes[0], "/health/ready") is HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await Cluster.StatusAsync(cluster.Nodes[0], "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await Cluster.StatusAsync(cluster.Nodes[1], "/health/ready"));
        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();

        // As a database that restarts does it: whatever is open ends, and nobody gets in for a while.
        await cluster.AskForSyncsAsync();
        await Cluster.UntilAsync(async () => (await cluster.SyncingAsync()).Count > 0);
        cluster.Lines.ForEach(static line => line.Cut());
        await Cluster.UntilAsync(async () => await Cluster.StatusAsync(cluster.Nodes[2], "/health/ready") is HttpStatusCode.ServiceUnavailable);
        cluster.Lines.ForEach(static line => line.Mend());
        foreach (var node in cluster.Nodes)
        {
            await Cluster.UntilAsync(async () => await Cluster.StatusAsync(node, "/health/ready") is HttpStatusCode.OK);
        }

        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();
    }
}
