using Watchbill.Connectors.Provisioning;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Reviews;

namespace Watchbill.Tests.Requests;

/// <summary>
/// Whatever begins and ends in whatever order, by two processes at once: while a grant counts its access is there, afterwards everything is as it was before the first.
/// </summary>
public sealed class InterleavingTests
{
    private static readonly Dictionary<string, int> Ranks = new(StringComparer.Ordinal) { [""] = -1, ["contributor"] = 0, ["admin"] = 1, ["member"] = 0, ["manager"] = 2 };

    /// <summary>Which random runs are made when nothing disturbs them.</summary>
    public static TheoryData<int> CalmSeeds => [.. Asked ?? [1, 3, 4, 6, 8, 9]];

    /// <summary>The same of those with disturbances.</summary>
    private static IEnumerable<int> DisturbedSeeds => Asked ?? [1, 2];

    /// <summary>More of both by WATCHBILL_SEEDS, for example 1-40; null without it.</summary>
    private static IEnumerable<int>? Asked =>
        Environment.GetEnvironmentVariable("WATCHBILL_SEEDS")?.Split('-') is [var from, var to] ? Enumerable.Range(int.Parse(from, Plain), int.Parse(to, Plain) - int.Parse(from, Plain) + 1) : null;

    private static System.Globalization.CultureInfo Plain => System.Globalization.CultureInfo.InvariantCulture;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(CalmSeeds))]
    public async Task Nobody_keeps_what_ended_and_nobody_loses_what_they_had(int seed)
    {
        await using var scene = await RequestScene.StartAsync();
        var random = new Random(seed);
        var people = new[] { scene.Cyd, scene.Acme.AddMember("one@example.com", "member"), scene.Acme.AddMember("two@example.com", "member") };
        Team[] teams = [scene.Team(), scene.Team(1)];
        scene.Acme.JoinTeam(people[1], teams[0]);
        await scene.At.SyncAsync();
        await using var other = scene.At.Again<TimeProvider>(scene.Clock);
        var before = Places(people, teams).ToDictionary(static place => place, static place => place.Role());

        for (var step = 0; step < 80; step++)
        {
            await StepAsync(scene, random, people, teams);
            scene.Clock.Move(TimeSpan.FromMinutes(random.Next(20)));
            await Task.WhenAll(DoAsync(scene.At, random.Next(4)), DoAsync(other, random.Next(4)));
            if (step % 8 == 7)
            {
                await SettleAsync(scene, other);
                var active = ReviewScene.Must(await scene.Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: true, ReviewScene.Ada, Stop));
                Assert.All(active.Where(static grant => grant.State is GrantState.Active), static grant => Assert.Equal(GrantProvisioning.Granted, grant.Provisioning));
                Assert.All(before, pair => Assert.Equal(Expected(pair.Key, pair.Value, active), pair.Key.Role()));
            }
        }

        scene.Clock.Move(TimeSpan.FromHours(9));
        await SettleAsync(scene, other);
        var all = ReviewScene.Must(await scene.Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: false, ReviewScene.Ada, Stop));
        Assert.True(all.Count > 20);
        Assert.All(all, static grant => Assert.Equal((GrantState.Ended, true), (grant.State, grant.Provisioning is GrantProvisioning.Revoked or GrantProvisioning.None)));
        Assert.DoesNotContain(all, static grant => grant.Ending is GrantEnding.Superseded);
        Assert.All(before, static pair => Assert.Equal(pair.Value, pair.Key.Role()));
    }

    /// <summary>The same while Sentry fails, processes are killed in the middle of a change, and somebody changes things in Sentry beside Watchbill.</summary>
    [Theory, EveryEngine]
    public async Task Failures_kills_and_changes_by_others_leave_nothing_behind(TestEngine engine)
    {
        foreach (var seed in DisturbedSeeds)
        {
            await DisturbedAsync(engine, seed);
        }
    }

    private static async Task DisturbedAsync(TestEngine engine, int seed)
    {
        await using var scene = await RequestScene.StartAsync(engine, readsAuditLog: true);
        var random = new Random(seed);
        var people = new[] { scene.Cyd, scene.Acme.AddMember("one@example.com", "member"), scene.Acme.AddMember("two@example.com", "member") };
        var touched = scene.Acme.AddMember("three@example.com", "member");
        Team[] teams = [scene.Team(), scene.Team(1)];
        scene.Acme.JoinTeam(people[1], teams[0]);
        await scene.At.SyncAsync();
        await using var other = scene.At.Again<TimeProvider>(scene.Clock);
        var before = Places([.. people, touched], teams).ToDictionary(static place => place, static place => place.Role());
        var found = 0;

        for (var step = 0; step < 60; step++)
        {
            scene.At.Server.Faults.Set(random.Next(3) == 0 ? [Fault(random)] : []);
            if (random.Next(4) == 0)
            {
                found += await TouchAsync(scene, other, random, new Place(touched, teams[random.Next(2)]));
            }
            else
            {
                await StepAsync(scene, random, people, teams);
            }

            if (random.Next(5) == 0)
            {
                // Killed right after it took a change: nobody reports, and the lease runs out.
                await other.Get<ProvisioningStore>().ClaimAsync(scene.At.Connector.Id, "killed", scene.Clock.GetUtcNow(), scene.Clock.GetUtcNow().AddMinutes(1), Stop);
            }

            scene.Clock.Move(TimeSpan.FromMinutes(random.Next(20)));
            await Task.WhenAll(DoAsync(scene.At, random.Next(4)), DoAsync(other, random.Next(4)));
            await scene.Get<KeepGrants>().MendAsync(Stop);
        }

        scene.At.Server.Faults.Clear();
        for (var hour = 0; hour < 9; hour++)
        {
            scene.Clock.Move(TimeSpan.FromHours(1.1));
            await SettleAsync(scene, other);
        }

        await CompareAsync(scene, other);
        foreach (var drift in ReviewScene.Must(await scene.Get<DecideDrift>().ListAsync(onlyOpen: true, ReviewScene.Ada, Stop)))
        {
            ReviewScene.Must(await scene.Get<DecideDrift>().RemoveAsync(drift.Id, "Not agreed.", ReviewScene.Ben, Stop));
        }

        await SettleAsync(scene, other);
        var all = ReviewScene.Must(await scene.Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: false, ReviewScene.Ada, Stop));
        Assert.All(all, static grant => Assert.Equal((GrantState.Ended, true), (grant.State, grant.Provisioning is GrantProvisioning.Revoked or GrantProvisioning.None)));
        Assert.All(before, static pair => Assert.Equal(pair.Value, pair.Key.Role()));
        Assert.True(found > 0);
    }

    private static FaultRule Fault(Random random)
    {
        FaultAction[] actions = [FaultAction.GatewayUnavailable, FaultAction.ResetConnection, FaultAction.TruncateBody, FaultAction.TooManyRequests, FaultAction.HtmlPage];
        // Not for ever: the client tries again for minutes while Sentry says that there were too many requests.
        return new FaultRule(actions[random.Next(actions.Length)]) { Every = random.Next(1, 4), Times = 12 };
    }

    /// <summary>Grants somebody a place, then somebody changes it in Sentry, now or after its end; a sync finds it.</summary>
    private static async Task<int> TouchAsync(RequestScene scene, ConnectedOrganization other, Random random, Place place)
    {
        scene.At.Server.Faults.Clear();
        await SettleAsync(scene, other);
        var grants = ReviewScene.Must(await scene.Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: false, ReviewScene.Ada, Stop)).Where(place.Has).ToList();
        var active = grants.Find(static grant => grant is { State: GrantState.Active, Provisioning: GrantProvisioning.Granted });
        if (grants.Exists(static grant => grant.Provisioning is not (GrantProvisioning.Granted or GrantProvisioning.Revoked)))
        {
            return 0;
        }

        if (active is null && (grants.Count == 0 || random.Next(2) == 0))
        {
            var draft = scene.Draft(place.Team!, random.Next(2) == 0 ? "contributor" : "admin", random.Next(5, 90)) with { Member = $"{place.Member.Id}" };
            if (await scene.TryAskAsync(draft, ReviewScene.Ada) is { Succeeded: true } asked)
            {
                ReviewScene.Must(await scene.ApproveAsync(asked.Value));
            }

            return 0;
        }

        var link = place.Member.Memberships.FirstOrDefault(one => one.Team == place.Team);
        if (link is null)
        {
            scene.Acme.JoinTeam(place.Member, place.Team!);
        }
        else if (random.Next(3) == 0)
        {
            scene.Acme.LeaveTeam(place.Member, place.Team!);
        }
        else
        {
            scene.Acme.ChangeTeamRole(link, link.Role is null ? "admin" : null);
        }

        return await CompareAsync(scene, other);
    }

    private static async Task<int> CompareAsync(RequestScene scene, ConnectedOrganization other)
    {
        scene.Clock.Move(TimeSpan.FromSeconds(1));
        await scene.At.SyncAsync();
        return (await Task.WhenAll(scene.Get<FindDrift>().RunAsync(Stop), other.Get<FindDrift>().RunAsync(Stop))).Sum();
    }

    private static async Task StepAsync(RequestScene scene, Random random, Member[] people, Team[] teams)
    {
        if (random.Next(3) == 0)
        {
            var open = ReviewScene.Must(await scene.Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: true, ReviewScene.Ada, Stop)).Where(static grant => grant.State is not GrantState.Ended).ToList();
            if (open.Count > 0)
            {
                ReviewScene.Must(await scene.Get<KeepGrants>().EndAsync(open[random.Next(open.Count)].Id, "Over.", ReviewScene.Ada, Stop));
            }

            return;
        }

        // Who has a high role in the organization has one on every team by it: the two are asked for by different people.
        var member = people[random.Next(people.Length)];
        var target = member == people[2]
            ? new AccessTarget(AccessKind.OrgRole, Team: null, "manager")
            : new AccessTarget(AccessKind.TeamMembership, $"{teams[random.Next(teams.Length)].Id}", random.Next(2) == 0 ? "contributor" : "admin");
        var draft = scene.Draft(teams[0], minutes: random.Next(5, 90)) with { Member = $"{member.Id}", Target = target, StartsAt = random.Next(4) == 0 ? scene.Clock.GetUtcNow().AddMinutes(random.Next(60)) : null };

        // What is there already, or was asked for already, is refused: that is right, and the next step does something else.
        if (await scene.TryAskAsync(draft, ReviewScene.Ada) is { Succeeded: true } asked)
        {
            ReviewScene.Must(await scene.ApproveAsync(asked.Value, random.Next(3) == 0 ? 5 : null));
        }
    }

    /// <summary>Some of what a process does, never all of it: the other one is at it too.</summary>
    private static async Task DoAsync(ConnectedOrganization process, int what)
    {
        if (what != 0)
        {
            await process.Get<KeepGrants>().RunDueAsync(Stop);
        }

        if (what > 1)
        {
            await process.Get<Provisioner>().RunDueAsync(process.Connector.Id, Stop);
        }
    }

    private static async Task SettleAsync(RequestScene scene, ConnectedOrganization other)
    {
        for (var again = 0; again < 4; again++)
        {
            await Task.WhenAll(DoAsync(scene.At, 3), DoAsync(other, 3));
            await scene.Get<KeepGrants>().MendAsync(Stop);
        }
    }

    private static string Expected(Place place, string before, IReadOnlyList<TemporaryGrant> active) => active
        .Where(grant => grant.State is GrantState.Active && grant.Member == $"{place.Member.Id}" && grant.Target.Team == (place.Team is null ? null : $"{place.Team.Id}"))
        .Select(static grant => grant.Target.Role).Append(before).MaxBy(static role => Ranks[role])!;

    private static IEnumerable<Place> Places(Member[] people, Team[] teams) => people.SelectMany(member => teams.Select(team => new Place(member, team)).Append(new Place(member, Team: null)));

    /// <summary>A member on a team, or in the organization.</summary>
    private sealed record Place(Member Member, Team? Team)
    {
        public bool Has(TemporaryGrant grant) => grant.Member == $"{Member.Id}" && grant.Target.Team == (Team is null ? null : $"{Team.Id}");

        public string Role() => Team is null ? Member.Role.Id : Member.Memberships.FirstOrDefault(link => link.Team == Team) is { } link ? link.Role ?? "contributor" : "";
    }
}
