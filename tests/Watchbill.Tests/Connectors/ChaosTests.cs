using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Connectors;
using Watchbill.Integrity;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>
/// An organization that changes, a Sentry that fails and runs that are stopped, at random but the same for each seed. Whatever happens: nothing is invented,
/// nothing is doubled, and what never changed is never closed; when the storm is over one run brings the ledger to the truth.
/// <c>WATCHBILL_CHAOS_ROUNDS</c> makes it longer.
/// </summary>
public sealed class ChaosTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("WATCHBILL_CHAOS_ROUNDS"), out var rounds) ? Math.Clamp(rounds, 1, 10_000) : 10;

    private static readonly string[] Paths =
    [
        "/api/0/organizations/acme/", "/api/0/organizations/acme/members/", "/api/0/organizations/acme/teams/", "/api/0/organizations/acme/projects/",
        "/api/0/teams/*/members/", "*/audit-logs/", "*/project-keys/", "*",
    ];

    private static readonly FaultAction[] Failures =
    [
        FaultAction.Respond, FaultAction.TooManyRequests, FaultAction.GatewayUnavailable, FaultAction.HtmlPage, FaultAction.EmptyNotFound, FaultAction.ResetConnection,
        FaultAction.TruncateBody, FaultAction.RepeatCursor, FaultAction.ExtraFields, FaultAction.DeleteMember, FaultAction.DuplicateRow, FaultAction.ObjectDetail,
        FaultAction.TooManyRequestsWithoutHeaders, FaultAction.NoneHeaders, FaultAction.WrongLinkHost, FaultAction.RevokeToken,
    ];

    [Theory, EveryEngine]
    public async Task Nothing_is_invented_doubled_or_lost(TestEngine engine)
    {
        // Sentry's clock is right, late or early: times of its audit log then are, too.
        foreach (var (seed, ahead) in engine is TestEngine.Sqlite ? ((int, int)[])[(1, 0), (2, -40), (3, 40)] : [(4, 0)])
        {
            await WeatherAsync(seed, engine, TimeSpan.FromMinutes(ahead));
        }
    }

    private static async Task WeatherAsync(int seed, TestEngine engine, TimeSpan sentryAhead)
    {
        var random = new Random(seed);
        await using var acme = await ConnectedOrganization.StartAsync(
            new OrganizationSize(Members: 130, Teams: 14, Projects: 20, AuditRows: 150), new SyncOptions { Attempts = 1 }, engine, seed: seed, readsAuditLog: true, sentryAhead: sentryAhead);
        await acme.SyncAsync();
        var ever = Truths(acme).ToHashSet();
        var always = Truths(acme).ToHashSet();
        for (var round = 0; round < Rounds; round++)
        {
            for (var change = random.Next(4); change > 0; change--)
            {
                Change(acme.Acme, random);
                Note();
            }

            acme.Server.Faults.Set(Enumerable.Range(0, random.Next(3)).Select(_ => Failure(random)));
            await RunAsync(acme, random);
            Note();
            if ((await acme.ReadConnectorAsync()).State is ConnectorState.Failed)
            {
                acme.Server.Faults.Clear();
                await acme.RotateTokenAsync(readsAuditLog: true);
            }

            await AssertSoundAsync(acme, ever, always, $"seed {seed}, round {round}");
        }

        acme.Server.Faults.Clear();
        await acme.RotateTokenAsync(readsAuditLog: true);
        var last = await acme.SyncAsync();

        Assert.True(last.State is SyncRunState.Succeeded, $"Seed {seed}: {last.State}, {last.Reason}");
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
        await AssertSoundAsync(acme, ever, always, $"seed {seed}, at the end");
        await acme.Get<SealLog>().RunAsync(default);
        Assert.Empty((await acme.Get<VerifyLog>().RunAsync(known: null, Caller.System, default)).Value.Findings);
        await using var connection = acme.Get<Database>().Open();
        Assert.Equal(
            acme.Acme.Audit.NewestFirst.Select(static row => row.Id).Order(),
            (await connection.GetTable<LoggedEvent>().Select(static logged => logged.EntryId).ToListAsync()).Order());

        void Note()
        {
            var now = Truths(acme).ToList();
            ever.UnionWith(now);
            always.IntersectWith(now);
        }
    }

    private static FaultRule Failure(Random random) => new(random.GetItems(Failures, 1)[0], random.GetItems(Paths, 1)[0])
    {
        After = random.Next(3) == 0 ? random.Next(20) : null,
        Every = random.Next(3) == 0 ? random.Next(2, 6) : null,
        Times = random.Next(1, 8),
        Status = random.GetItems([400, 403, 404, 500, 502, 503], 1)[0],
        Body = random.Next(2) == 0 ? "" : "[]",
    };

    internal static void Change(Organization organization, Random random)
    {
        T One<T>(IEnumerable<T> all) => random.GetItems([.. all], 1)[0];
        var member = One(organization.Members.Where(static member => member is { IsPending: false, IsListed: true, Role.Id: "member" }));
        var team = One(organization.Teams);
        switch (random.Next(9))
        {
            case 0: organization.JoinTeam(member, team); break;
            case 1 when member.Memberships.Count > 0: organization.LeaveTeam(member, member.Memberships[0].Team); break;
            case 2: organization.ChangeRole(member, "manager"); break;
            case 3: organization.RemoveMember(member); break;
            case 4: organization.AddMember($"new-{random.Next(1_000_000)}@example.com"); break;
            case 5: organization.CreateTeam($"team-{random.Next(1_000_000)}"); break;
            case 6: organization.DeleteTeam(team); break;
            case 7: organization.RenameTeam(team, $"renamed-{random.Next(1_000_000)}"); break;
            default: organization.CreateProject($"project-{random.Next(1_000_000)}", team); break;
        }
    }

    /// <summary>A run to its end, or stopped somewhere in the middle.</summary>
    private static async Task RunAsync(ConnectedOrganization acme, Random random)
    {
        using var stop = new CancellationTokenSource();
        var reports = random.Next(3) == 0 ? random.Next(6) : int.MaxValue;
        var progress = new Reports(() =>
        {
            if (reports-- == 0)
            {
                stop.Cancel();
            }
        });
        try
        {
            await acme.Get<SyncOrganization>().RunAsync(
                acme.Connector.Id, random.Next(2) == 0 ? SyncMode.Full : SyncMode.Incremental, ConnectedOrganization.Somebody, progress, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was read is kept for the next run.
        }
    }

    private static IEnumerable<string> Truths(ConnectedOrganization acme)
    {
        var truth = acme.Truth;
        var listed = truth.Members.Where(static member => member.IsListed).Select(static member => member.Id).ToHashSet();
        return truth.Members.Where(static member => member.IsListed).Select(static member => $"member {member.Id} {member.Email} {member.Role}")
            .Concat(truth.Teams.Select(static team => $"team {team.Id} {team.Slug}"))
            .Concat(truth.Memberships.Where(link => listed.Contains(link.MemberId)).Select(static link => $"membership {link.TeamId}:{link.MemberId} {link.Role}"))
            .Concat(truth.Projects.Select(static project => $"project {project.Id} {project.Slug}"))
            .Concat(truth.Projects.SelectMany(static project => project.TeamIds.Select(team => $"link {project.Id}:{team}")));
    }

    private static async Task AssertSoundAsync(ConnectedOrganization acme, HashSet<string> ever, HashSet<string> always, string when)
    {
        List<(string What, Fact Fact)> facts =
        [
            .. (await acme.FactsAsync<MemberFact>()).Select(static fact => ($"member {fact.Key} {fact.Email} {fact.OrgRole}", (Fact)fact)),
            .. (await acme.FactsAsync<TeamFact>()).Select(static fact => ($"team {fact.Key} {fact.Slug}", (Fact)fact)),
            .. (await acme.FactsAsync<TeamMembershipFact>()).Select(static fact => ($"membership {fact.Key} {fact.TeamRole}", (Fact)fact)),
            .. (await acme.FactsAsync<ProjectFact>()).Select(static fact => ($"project {fact.Key} {fact.Slug}", (Fact)fact)),
            .. (await acme.FactsAsync<ProjectTeamFact>()).Select(static fact => ($"link {fact.Key}", (Fact)fact)),
        ];

        Assert.True(facts.All(fact => ever.Contains(fact.What)), $"Invented ({when}): {string.Join(", ", facts.Select(static fact => fact.What).Where(what => !ever.Contains(what)).Take(5))}");
        var open = facts.Where(static fact => fact.Fact.Period().IsOpen).Select(static fact => fact.What).ToHashSet();
        Assert.True(always.IsSubsetOf(open), $"Lost ({when}): {string.Join(", ", always.Except(open).Take(5))}");
        var broken = facts.GroupBy(static fact => (fact.Fact.GetType(), fact.Fact.Key)).SelectMany(static periods =>
        {
            var ordered = periods.Select(static period => period.Fact).OrderBy(static fact => fact.ValidFrom).ToList();
            return ordered.Zip(ordered.Skip(1)).Where(static pair => pair.First.ValidTo > pair.Second.ValidFrom).Select(pair => $"{periods.Key}");
        });
        Assert.True(!broken.Any(), $"Doubled ({when}): {string.Join(", ", broken.Take(5))}");
        var closed = facts.Where(fact => !fact.Fact.Period().IsOpen && always.Contains(fact.What)).Select(static fact => fact.What);
        Assert.True(!closed.Any(), $"Closed although it never changed ({when}): {string.Join(", ", closed.Take(5))}");
    }

    private sealed class Reports(Action report) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => report();
    }
}
