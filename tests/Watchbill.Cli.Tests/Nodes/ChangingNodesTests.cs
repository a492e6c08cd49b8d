using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Tokens;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>Nodes that die or stand still while they change Sentry, close a review or hand over a pack: everything takes effect, and once.</summary>
public sealed class ChangingNodesTests
{
    private const int Organizations = 6;
    private const int Leavers = 3;

    [Fact]
    public async Task Changes_survive_a_killed_node_and_one_that_stands_still_past_its_lease_and_wakes()
    {
        await using var cluster = await ConnectedAsync(Organizations);
        await cluster.ReadAndOpenAsync();
        await Task.WhenAll(cluster.Sentries.Select((sentry, place) => RemoveSomeAsync(cluster, sentry, new ConnectorId(place + 1))));

        // One after the other: a node may have taken everything, and what it stands still with goes to another one.
        var asleep = await ChangingAsync(cluster, cluster.Nodes);
        asleep.Signal("STOP");
        var killed = await ChangingAsync(cluster, cluster.Nodes.Except([asleep]));
        await killed.KillAsync();
        await UntilProvenAsync(cluster);
        asleep.Signal("CONT");
        await Cluster.UntilAsync(async () => await Cluster.StatusAsync(asleep, "/health/ready") is HttpStatusCode.OK);

        Assert.Equal(Organizations * Leavers, cluster.Deletions().Count);
        Assert.Distinct(cluster.Deletions());
        Assert.Equal(["Proven"], await cluster.QueryAsync("SELECT DISTINCT state FROM provisioning_task"));
        await cluster.UntilReadAsync();
        await cluster.AskForSyncsAsync();
        await cluster.UntilReadAsync();
        await cluster.AssertWholeAsync();
    }

    [Fact]
    public async Task A_review_whose_node_dies_while_it_is_closed_is_closed_whole_or_not_at_all_and_revokes_once()
    {
        await using var cluster = await ConnectedAsync(organizations: 1);
        await cluster.ReadAndOpenAsync();
        var review = await DecidedReview.PrepareAsync(cluster.Product, cluster.Sentries[0].World.Organization("acme"));
        using var owner = await ProgramAsync(cluster, review.Owner);

        foreach (var (node, patience) in cluster.Nodes.Zip([5, 30, 0]))
        {
            var closing = AskAsync(owner, HttpMethod.Post, new Uri(node.Address, $"/api/v1/reviews/{review.Id}/close"));
            if (patience > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(patience), TimeProvider.System);
                await node.KillAsync();
            }

            await closing;
            var tasks = (await cluster.QueryAsync("SELECT member || ' ' || team FROM provisioning_task")).Order(StringComparer.Ordinal);
            Assert.Equal((await StateAsync(cluster)) is "Running" ? [] : review.Revoked, tasks);
        }

        Assert.NotEqual("Running", await StateAsync(cluster));
        await UntilProvenAsync(cluster);
        Assert.Equal(review.Revoked.Count, cluster.Deletions().Count);
        Assert.Distinct(cluster.Deletions());
        Assert.Single(await cluster.QueryAsync("SELECT id FROM audit_event WHERE action = 'review-closed'"));
    }

    [Fact]
    public async Task A_pack_whose_node_dies_while_it_is_handed_over_is_had_from_another_one_and_verifies()
    {
        await using var cluster = await ConnectedAsync(organizations: 1);
        await cluster.ReadAndOpenAsync();
        using var owner = await ProgramAsync(cluster, (await DecidedReview.PrepareAsync(cluster.Product, cluster.Sentries[0].World.Organization("acme"))).Owner);
        ServedPeople.Must(await cluster.Product.GetRequiredService<RunChecks>().RunAsync(new ConnectorId(1), Caller.System, default));
        const string pack = "/evidence-packs/1.zip?framework=soc2-tsc-2017-rev2022&from=2026-01-01T00:00:00Z";

        var lost = AskAsync(owner, HttpMethod.Get, new Uri(cluster.Nodes[0].Address, pack));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await cluster.Nodes[0].KillAsync();
        await lost;
        using var answer = await owner.GetAsync(new Uri(cluster.Nodes[1].Address, pack));

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var line = new CommandLine();
        var file = Path.Combine(line.Folder, "pack.zip");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());
        var verified = await line.RunAsync("evidence", "verify", file);
        Assert.True(verified.ExitCode is ExitCode.Ok, verified.Output + verified.Error);
        await cluster.AssertWholeAsync();
    }

    private static async Task<Cluster> ConnectedAsync(int organizations)
    {
        var cluster = await Cluster.StartAsync(nodes: 3);
        for (var count = 0; count < organizations; count++)
        {
            await cluster.ConnectAsync();
        }

        return cluster;
    }

    /// <summary>A client with an API token of somebody's.</summary>
    private static async Task<HttpClient> ProgramAsync(Cluster cluster, Caller owner)
    {
        var input = new ApiTokenInput("test", [.. owner.Rights], cluster.Product.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(1));
        var token = ServedPeople.Must(await cluster.Product.GetRequiredService<ApiTokens>().CreateAsync(input, owner, default)).Text;
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Asks, and does not mind when nobody answers to the end.</summary>
    private static async Task AskAsync(HttpClient client, HttpMethod method, Uri address)
    {
        try
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(method, address));
        }
        catch (HttpRequestException)
        {
            // The node was killed.
        }
    }

    private static Task UntilProvenAsync(Cluster cluster) =>
        Cluster.UntilAsync(async () => await cluster.QueryAsync("SELECT DISTINCT state FROM provisioning_task") is ["Proven"]);

    /// <summary>Asks for the removal of some members of an organization that answers slowly, so that there is something to do for a while.</summary>
    private static async Task RemoveSomeAsync(Cluster cluster, SimulatorServer sentry, ConnectorId connector)
    {
        sentry.Latency = TimeSpan.FromMilliseconds(250);
        foreach (var leaver in sentry.World.Organization("acme").Members.Where(static member => member is { Role.Id: "member", IsListed: true, IsPending: false }).Take(Leavers))
        {
            var change = new IntendedChange(ChangeKind.RemoveMember) { Member = $"{leaver.Id}" };
            ServedPeople.Must(await cluster.Product.GetRequiredService<RequestChange>().RunAsync(connector, change, "Left", Caller.System, default));
        }
    }

    /// <summary>Waits for one of the nodes that has a change under way.</summary>
    private static async Task<Node> ChangingAsync(Cluster cluster, IEnumerable<Node> nodes)
    {
        Node? found = null;
        await Cluster.UntilAsync(async () =>
        {
            var owners = await cluster.QueryAsync("SELECT owner FROM provisioning_task WHERE state = 'Running'");
            found = nodes.FirstOrDefault(node => owners.Exists(owner => owner.Contains($"/{node.Id}/", StringComparison.Ordinal)));
            return found is not null;
        });
        return found!;
    }

    private static async Task<string> StateAsync(Cluster cluster) => (await cluster.QueryAsync("SELECT state FROM review_campaign"))[0];
}
