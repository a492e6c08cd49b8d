using System.Diagnostics;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Testing;
using static Watchbill.Tests.Access.LedgerHarness;

namespace Watchbill.Tests.Access;

/// <summary>Measures a large organization; run it by name, on a quiet machine.</summary>
public sealed class LedgerSpeedTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Explicit = true), EveryEngine]
    public async Task Large_organization(TestEngine engine)
    {
        await using var harness = await LedgerHarness.CreateAsync(engine);
        await harness.ObserveAsync(1, Teams(0, Team("warm-up")));

        await MeasureAsync(harness, "first run", 2, changed: 0);
        await MeasureAsync(harness, "unchanged run", 3, changed: 0);
        await MeasureAsync(harness, "1 % changed", 4, changed: 100);
        await MeasureAsync(harness, "changed back", 5, changed: 0);
    }

    private async Task MeasureAsync(LedgerHarness harness, string what, int run, int changed)
    {
        var observations = LargeOrganization(run, changed);
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        await harness.Ledger.StageAsync(Connector, Run(run), observations, Cancellation);
        var staged = watch.ElapsedMilliseconds;
        var difference = await harness.Ledger.CompareAsync(Connector, Run(run), Cancellation);
        var compared = watch.ElapsedMilliseconds;
        await harness.ApplyAsync(run);
        var line = $"{what}: staged {staged} ms, compared {compared - staged} ms, applied {watch.ElapsedMilliseconds - compared} ms; {difference.Lines.Sum(l => l.Opening)} opened; processor time {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:0} ms";
        output.WriteLine(line);
    }

    /// <summary>10,000 members, 1,000 teams with 40 members each, 5,000 projects with 3 teams each.</summary>
    private static List<Observation> LargeOrganization(int hour, int changed)
    {
        var members = Enumerable.Range(0, 10_000).Select(i => (Fact)new MemberFact
        {
            Scope = Scope.Members,
            Key = $"{i}",
            UserId = $"{i}",
            Email = $"person{i}@example.com",
            Name = $"Person {i}",
            OrgRole = i < changed ? "owner" : "member",
        });
        var activity = Enumerable.Range(0, 10_000).Select(i => new PrincipalActivity { PrincipalKey = $"{i}", LastActive = At(i % 50) });
        var projects = Enumerable.Range(0, 5_000).SelectMany(i => Enumerable.Range(0, 3)
            .Select(t => (Fact)new ProjectTeamFact { Scope = Scope.Projects, Key = $"{i}:{(i + t) % 1000}", ProjectId = $"{i}", TeamId = $"{(i + t) % 1000}" })
            .Prepend(new ProjectFact { Scope = Scope.Projects, Key = $"{i}", Slug = $"project-{i}", Name = $"Project {i}" }));
        var teams = Enumerable.Range(0, 1_000).Select(t => Members(hour, $"{t}", [.. Enumerable.Range(0, 40).Select(i => (Fact)Membership($"{t}", $"{(t * 10) + i}", t < changed / 10 && i == 0 ? "admin" : null))]));
        return
        [
            new Observation(Scope.Members, At(hour), [.. members], [.. activity]),
            new Observation(Scope.Projects, At(hour), [.. projects], []),
            .. teams,
        ];
    }
}
