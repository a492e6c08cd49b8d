using System.Text.Json;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Bench.Simulated;

/// <summary>
/// The process that plays Sentry, so that its memory and CPU are not counted as ours. It says where it is, then answers each line of its
/// standard input with what it was asked since the line before; it ends when the input does.
/// </summary>
internal static class SimulatorChild
{
    public static async Task<int> RunAsync(BenchSize size, CancellationToken cancellationToken)
    {
        var options = OptionsOf(size);
        await using var server = await SimulatorServer.StartAsync(options, cancellationToken);
        Say(JsonSerializer.Serialize(Describe(server, options.OrganizationSlug), MessageJson.Default.Welcome));
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
            var log = server.RequestLog;
            Say(JsonSerializer.Serialize(new Asked(log.Total, log.TooManyRequests, log.ByRoute), MessageJson.Default.Asked));
            log.Clear();
        }

        return 0;
    }

    /// <summary>Many organizations that have nothing to do with each other, each with limits of its own; a line says of each where it is.</summary>
    public static async Task<int> RunManyAsync(int organizations, BenchSize size, CancellationToken cancellationToken)
    {
        List<SimulatorServer> servers = [];
        try
        {
            for (var number = 0; number < organizations; number++)
            {
                var options = OptionsOf(size) with { Seed = number + 1 };
                servers.Add(await SimulatorServer.StartAsync(options, cancellationToken));
                Say(JsonSerializer.Serialize(Describe(servers[^1], options.OrganizationSlug), MessageJson.Default.Welcome));
            }

            while (await Console.In.ReadLineAsync(cancellationToken) is not null)
            {
                // It ends when the input does.
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }

        return 0;
    }

    private static SimulatorOptions OptionsOf(BenchSize size) => new()
    {
        Size = new OrganizationSize(size.Members, size.Teams, size.Projects, AuditRows: 1_000, TeamsPerMember: 4),
        Latency = BenchSize.Latency,
        RateLimit = new RateLimit(BenchSize.RequestsPerSecond, TimeSpan.FromSeconds(1), BenchSize.Concurrent),
    };

    private static Welcome Describe(SimulatorServer server, string slug)
    {
        var truth = server.World.Truth().Organizations.Single(organization => organization.Slug == slug);
        var listed = truth.Members.Where(member => member.IsListed).Select(member => member.Id).ToHashSet();
        var sizes = truth.Memberships.Where(link => listed.Contains(link.MemberId)).CountBy(link => link.TeamId).ToDictionary();
        var token = server.World.IssueToken(
            TokenKind.InternalIntegration, userId: null, "org:read", "member:read", "team:read", "project:read", "event:read", "org:write");
        return new Welcome(server.BaseAddress, slug, token)
        {
            Members = listed.Count,
            Teams = truth.Teams.Count,
            ClientKeys = truth.ClientKeys,
            TeamSizes = truth.Teams.Where(team => sizes.ContainsKey(team.Id)).ToDictionary(team => team.Slug, team => sizes[team.Id]),
            SomeMembers = Some(truth.Members.Where(member => member.IsListed && !member.IsPending), member => $"{member.Id}"),
            SomeProjects = Some(truth.Projects, project => project.Slug),
        };
    }

    private static List<string> Some<T>(IEnumerable<T> all, Func<T, string> name)
    {
        const int Wanted = 50;
        var rows = all.ToList();
        return [.. Enumerable.Range(0, Wanted).Select(number => name(rows[number * rows.Count / Wanted]))];
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
