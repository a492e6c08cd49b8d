using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Requests;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;

namespace Watchbill.Bench;

/// <summary>How late ends are among very many of them, and how long it takes from a yes to access that Sentry shows.</summary>
internal sealed class GrantBenchmark(Report report)
{
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private const int Grants = 100_000;
    private const int EndsEachSecond = 50;
    private const int Seconds = 60;
    private const int Asked = 20;

    /// <summary>The first of a process are slow because it has just started.</summary>
    private const int WarmUps = 3;
    private const double MostLag = 2;
    private const double MostWait = 3;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small }, cancellationToken);
        var acme = sentry.World.Organization("acme");
        var address = DatabaseAddress.Parse($"sqlite:{workspace.DatabaseFile}");
        Migrator.Migrate(address);
        await using var services = new ServiceCollection().AddWatchbill(address, workspace.KeyFolder)
            .AddSingleton<IOwnerDirectory, Nobody>().AddSingleton<IOwnerMail, Nobody>().BuildServiceProvider();
        var connector = await ConnectAsync(services, sentry, acme, cancellationToken);
        await MeasureWaitAsync(services, connector, sentry, acme, cancellationToken);
        sentry.Faults.Clear();
        await MeasureLagAsync(services, connector, cancellationToken);
    }

    private static async Task<ConnectorId> ConnectAsync(IServiceProvider services, SimulatorServer sentry, Organization acme, CancellationToken cancellationToken)
    {
        var app = acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read", "event:read"]));
        var input = new ConnectInput { Name = "bench", Address = sentry.BaseAddress.AbsoluteUri, OrganizationSlug = "acme", Token = acme.IssueToken(app), BudgetShare = 1, AllowPrivateNetworks = true };
        var connector = (await services.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, cancellationToken)).Value.Connector.Id;
        await services.GetRequiredService<SyncOrganization>().RunAsync(connector, SyncMode.Full, Caller.System, progress: null, cancellationToken);
        var owner = acme.Members.First(static one => one is { Role.Id: "owner", IsPending: false });
        string[] scopes = ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"];
        var on = await services.GetRequiredService<ManageWriting>().SwitchOnAsync(connector, acme.IssueToken(TokenKind.Personal, owner.User!.Id, scopes), Caller.System, cancellationToken);
        var policy = new RequestPolicy { Name = "bench", Rules = new PolicyRules { Auto = new AutoApproval { UpToMinutes = 480 } } };
        var saved = await services.GetRequiredService<ManagePolicies>().SaveAsync(policy, Caller.System, cancellationToken);
        return on.Succeeded && saved.Succeeded ? connector : throw new InvalidOperationException((on.Refusal ?? saved.Refusal)!.Message);
    }

    /// <summary>From the yes, which a rule says here, to the proof; the worker that makes it may have looked just before.</summary>
    private async Task MeasureWaitAsync(IServiceProvider services, ConnectorId connector, SimulatorServer sentry, Organization acme, CancellationToken cancellationToken)
    {
        sentry.Faults.Set(new FaultRule(FaultAction.Delay) { Delay = Latency });
        List<double> waits = [];
        var places = acme.Teams.Where(static team => !team.IsIdpProvisioned)
            .SelectMany(team => acme.Members.Where(member => member is { IsPending: false, IsListed: true, Role.Id: "member" } && member.Memberships.All(link => link.Team != team)), static (team, member) => (team, member)).Take(WarmUps + Asked);
        foreach (var (team, member) in places)
        {
            var draft = new RequestDraft { Connector = connector, Target = new AccessTarget(AccessKind.TeamMembership, $"{team.Id}", "contributor"), Member = $"{member.Id}", Reason = "Measured here.", Minutes = 60 };
            var clock = Stopwatch.StartNew();
            var asked = await services.GetRequiredService<AskForAccess>().RunAsync(draft, Caller.System, cancellationToken);
            await services.GetRequiredService<Provisioner>().RunDueAsync(connector, cancellationToken);
            var grant = asked.Succeeded ? (await services.GetRequiredService<DecideRequests>().FindAsync(asked.Value.Id, Caller.System, cancellationToken)).Value.Grant : null;
            if (grant is not { Provisioning: GrantProvisioning.Granted })
            {
                throw new InvalidOperationException($"It was not given: {asked.Refusal?.Message ?? grant?.Note}");
            }

            waits.Add(clock.Elapsed.TotalSeconds + Poll.TotalSeconds);
        }

        waits.RemoveRange(0, WarmUps);
        waits.Sort();
        var ideal = 3 * Latency.TotalSeconds;
        report.Add(new($"From yes to proof, half of {Asked}, the wait for the next look included", $"{waits[waits.Count / 2]:0.00} s", $"{ideal:0.00} s: read, change, read back", waits[waits.Count / 2], MostWait));
        report.Add(new("From yes to proof, the slowest", $"{waits[^1]:0.00} s", $"{ideal:0.00} s", waits[^1], MostWait));
    }

    private async Task MeasureLagAsync(IServiceProvider services, ConnectorId connector, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<Database>();
        var begin = TimeProvider.System.GetUtcNow().AddSeconds(30);
        var fill = Stopwatch.StartNew();
        await database.InTransactionAsync(
            async transaction =>
            {
                for (var number = 0; number < Grants; number++)
                {
                    await GrantStore.InsertAsync(transaction, Grant(connector, number, begin), cancellationToken);
                }
            },
            cancellationToken);
        Console.Error.WriteLine($"  {Grants:N0} grants written in {fill.Elapsed.TotalSeconds:0} s.");
        begin = TimeProvider.System.GetUtcNow().AddSeconds(20);
        await ShiftAsync(database, begin, cancellationToken);

        var keep = services.GetRequiredService<KeepGrants>();
        using var timer = new PeriodicTimer(Poll);
        var busy = TimeSpan.Zero;
        while (TimeProvider.System.GetUtcNow() < begin && await timer.WaitForNextTickAsync(cancellationToken))
        {
            await keep.RunDueAsync(cancellationToken);
        }

        while (TimeProvider.System.GetUtcNow() < begin.AddSeconds(Seconds) && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var clock = Stopwatch.StartNew();
            await keep.RunDueAsync(cancellationToken);
            await keep.MendAsync(cancellationToken);
            await keep.WarnAsync(cancellationToken);
            busy += clock.Elapsed;
        }

        await using var session = database.OpenRead();
        var ended = (await GrantStore.ListAsync(session, new GrantSearch { Limit = Grants }, cancellationToken)).Where(static grant => grant.EndedAt is not null).Select(static grant => (grant.EndedAt!.Value - grant.EndsAt).TotalSeconds).Order().ToList();
        report.Add(new($"Ends made in {Seconds} s, of {Grants:N0} planned", $"{ended.Count:N0}", $"{EndsEachSecond * Seconds:N0}", 0, Target: null));
        report.Add(new("Lag of an end, half of all", $"{ended[ended.Count / 2]:0.00} s", $"{Poll.TotalSeconds / 2:0.00} s: half the time between two looks", ended[ended.Count / 2], Target: null));
        report.Add(new("Lag of an end, 99 of 100", $"{ended[(int)(ended.Count * 0.99)]:0.00} s", $"{Poll.TotalSeconds:0.00} s: the time between two looks", ended[(int)(ended.Count * 0.99)], MostLag));
        report.Add(new("Share of the time that looking after grants takes", $"{busy.TotalSeconds / Seconds:P0}", "", busy.TotalSeconds / Seconds, Target: null));
    }

    /// <summary>Writing them takes a while: their ends begin when all are there.</summary>
    private static async Task ShiftAsync(Database database, DateTimeOffset begin, CancellationToken cancellationToken) => await database.InTransactionAsync(
        async transaction =>
        {
            for (var number = 0; number < Seconds * EndsEachSecond * 2; number++)
            {
                var grant = (await GrantStore.FindByRequestAsync(transaction, new AccessRequestId(1_000_000 + number), cancellationToken))!;
                await GrantStore.UpdateAsync(transaction, grant with { EndsAt = begin.AddSeconds((double)number / EndsEachSecond) }, cancellationToken);
            }
        },
        cancellationToken);

    private static GrantRow Grant(ConnectorId connector, int number, DateTimeOffset begin) => new()
    {
        ConnectorId = connector,
        RequestId = new AccessRequestId(1_000_000 + number),
        Member = $"{900_000 + number}",
        Kind = AccessKind.TeamMembership,
        Team = "1",
        Role = "contributor",
        StartsAt = begin.AddHours(-8),
        EndsAt = begin.AddDays(2).AddSeconds((double)number / EndsEachSecond),
        State = GrantState.Active,
        Provisioning = GrantProvisioning.Granted,
        BeforeKnown = true,
        HeldRole = "contributor",
        ProvenAt = begin.AddHours(-8),
        WarnedAt = begin.AddHours(-1),
    };

    /// <summary>No accounts and no mail.</summary>
    private sealed class Nobody : IOwnerDirectory, IOwnerMail
    {
        public Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnerAccount>>([]);

        public Task AppendAsync(Transaction transaction, OwnerMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AnnounceAsync(Transaction transaction, PublicNotice notice, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
