using System.Diagnostics;
using System.Security.Cryptography;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Evidence;
using Watchbill.Integrity;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;

namespace Watchbill.Bench;

/// <summary>How long all checks take over a large organization and a million lines of audit log, and how much memory.</summary>
internal sealed class CheckBenchmark(Report report)
{
    private const int Members = 10_000;
    private const int Projects = 5_000;
    private const int Teams = 1_000;
    private const int AuditLines = 1_000_000;
    private const int Events = 100_000;
    private const double MostSeconds = 10;
    private const double MostPackSeconds = 30;
    private const double MostMegaBytes = 400;
    private const double MegaByte = 1 << 20;

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        var address = DatabaseAddress.Parse($"sqlite:{workspace.DatabaseFile}");
        Migrator.Migrate(address);
        await using var services = new ServiceCollection().AddWatchbill(address, workspace.KeyFolder).BuildServiceProvider();
        var connector = await ConnectAsync(services, cancellationToken);
        var fill = Stopwatch.StartNew();
        await services.GetRequiredService<Database>().InTransactionAsync(transaction => FillAsync(transaction, connector, cancellationToken), cancellationToken);
        Console.Error.WriteLine($"  {Members:N0} members, {Projects:N0} projects and {AuditLines:N0} lines written in {fill.Elapsed.TotalSeconds:0} s.");
        await MeasureAsync(services, connector, "The first run, which writes what it says of every resource", cancellationToken);
        await MeasureAsync(services, connector, "A run after which nothing changed", cancellationToken);
        await MeasureSealAsync(services, cancellationToken);
        AddMemory("The most memory that the process ever had, filling included and without the pack");
        await MeasurePackAsync(services, connector, workspace, cancellationToken);
        AddMemory("The same with the pack");
    }

    private void AddMemory(string what)
    {
        using var self = Process.GetCurrentProcess();
        report.Add(new(what, $"{self.PeakWorkingSet64 / MegaByte:0} MB", "", self.PeakWorkingSet64 / MegaByte, MostMegaBytes));
    }

    private async Task MeasureAsync(IServiceProvider services, ConnectorId connector, string what, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var run = (await services.GetRequiredService<RunChecks>().RunAsync(connector, Caller.System, cancellationToken)).Value;
        var (seconds, blind) = (clock.Elapsed.TotalSeconds, run.Lines.Count(static line => line.Outcome is CheckOutcome.NotEvaluated));
        var verdicts = run.Lines.Sum(static line => line.Passed + line.Failed + line.NotEvaluated + line.NotApplicable + line.Excepted);
        report.Add(new($"{what}: {verdicts:N0} verdicts, {blind} checks not evaluated", $"{seconds:0.00} s", "", seconds, MostSeconds));
    }

    /// <summary>Puts a hundred thousand audit events into the evidence log, and computes it anew.</summary>
    private async Task MeasureSealAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<Database>().InTransactionAsync(
            transaction => transaction.Connection.BulkCopyAsync(
                Enumerable.Range(0, Events).Select(number => new AuditEventRow { At = _now, ActorKind = ActorKind.System, ActorId = "bench", Action = "thing-done", SubjectKind = "thing", SubjectId = $"{number}" }), cancellationToken),
            cancellationToken);
        var clock = Stopwatch.StartNew();
        var sealedEvents = await services.GetRequiredService<SealLog>().RunAsync(cancellationToken);
        report.Add(new($"{sealedEvents:N0} events put into the evidence log", $"{clock.Elapsed.TotalSeconds:0.00} s", "", clock.Elapsed.TotalSeconds, MostSeconds));
        clock.Restart();
        var found = (await services.GetRequiredService<VerifyLog>().RunAsync(known: null, Caller.System, cancellationToken)).Value;
        report.Add(new($"The evidence log computed anew and compared: {found.Size:N0} entries, {(found.IsIntact ? "intact" : "not intact")}", $"{clock.Elapsed.TotalSeconds:0.00} s", "", clock.Elapsed.TotalSeconds, MostSeconds));
    }

    /// <summary>Makes an evidence pack of all of it, and verifies it as a stranger does. The ideal is to read the file once and take its hash.</summary>
    private async Task MeasurePackAsync(IServiceProvider services, ConnectorId connector, Workspace workspace, CancellationToken cancellationToken)
    {
        var request = new PackRequest(connector, "soc2-tsc-2017-rev2022", _now.AddDays(-PackRequest.MostDays + 1), TimeProvider.System.GetUtcNow());
        var clock = Stopwatch.StartNew();
        var pack = (await services.GetRequiredService<BuildPack>().RunAsync(request, Path.GetDirectoryName(workspace.DatabaseFile)!, Caller.System, cancellationToken)).Value;
        report.Add(new($"An evidence pack made and verified: {pack.Size / MegaByte:0} MB", $"{clock.Elapsed.TotalSeconds:0.00} s", "", clock.Elapsed.TotalSeconds, MostPackSeconds * 2));
        clock.Restart();
        await using (var file = File.OpenRead(pack.Path))
        {
            await SHA256.HashDataAsync(file, cancellationToken);
        }

        var ideal = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var found = VerifyPack.Run(pack.Path, pack.KeyFingerprint);
        var seconds = clock.Elapsed.TotalSeconds;
        report.Add(new($"The pack verified: {found.Files:N0} files, {found.LogSize:N0} entries of the log, {(found.IsIntact ? "intact" : "not intact")}", $"{seconds:0.00} s", $"{ideal:0.00} s", seconds, MostPackSeconds));
    }

    private static async Task<ConnectorId> ConnectAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small }, cancellationToken);
        var acme = sentry.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read", "event:read", "org:write"])));
        var input = new ConnectInput { Name = "bench", Address = sentry.BaseAddress.AbsoluteUri, OrganizationSlug = "acme", Token = token, BudgetShare = 1, AllowPrivateNetworks = true };
        return (await services.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, cancellationToken)).Value.Connector.Id;
    }

    private async Task FillAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken)
    {
        var table = transaction.Connection;
        await table.BulkCopyAsync(new[] { Open(connector, Organization()) }, cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, Members).Select(number => Open(connector, Member(number))), cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, Teams).Select(number => Open(connector, new TeamFact { Scope = Scope.Teams, Key = $"{number}", Slug = $"team-{number}", Name = $"Team {number}" })), cancellationToken);
        await table.BulkCopyAsync(
            Enumerable.Range(0, Members * 4).Select(number => Open(connector, new TeamMembershipFact
            {
                Scope = Scope.TeamMembers($"{number % Teams}"),
                Key = TeamMembershipFact.KeyOf($"{number % Teams}", $"{number / 4}:{number % 4}"),
                TeamId = $"{number % Teams}",
                MemberId = $"{number / 4}",
            })), cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, Projects).Select(number => Open(connector, new ProjectFact { Scope = Scope.Projects, Key = $"{number}", Slug = $"project-{number}", Name = $"Project {number}", DateCreated = _now.AddYears(-1) })), cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, Projects).Select(number => Open(connector, new ProjectTeamFact { Scope = Scope.Projects, Key = ProjectTeamFact.KeyOf($"{number}", $"{number % Teams}"), ProjectId = $"{number}", TeamId = $"{number % Teams}" })), cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, Projects).Select(number => Open(connector, ClientKey(number))), cancellationToken);
        string[] scopes = [Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.Projects, Scope.SentryApps, Scope.Integrations, Scope.OrganizationTokens, Scope.ClientKeys, Scope.AuditLog, .. Enumerable.Range(0, Teams).Select(static team => Scope.TeamMembers($"{team}"))];
        await table.BulkCopyAsync(scopes.Select(scope => new ScopeState { ConnectorId = connector, Scope = scope, LastCompleteAt = _now, FirstCompleteAt = _now }), cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, AuditLines).Select(number => Line(connector, number)), cancellationToken);
        await table.BulkCopyAsync(new[] { new LoggedReach { ConnectorId = connector, Since = _now.AddYears(-5), Through = _now, IsWhole = true } }, cancellationToken);
        await table.BulkCopyAsync(EvidenceKinds.All.Where(static kind => !kind.IsOnDemand).Select(kind => Complete(connector, kind.Kind)), cancellationToken);
        await table.BulkCopyAsync(Enumerable.Range(0, Projects).SelectMany(number => Collected(connector, number)), cancellationToken);
    }

    private TFact Open<TFact>(ConnectorId connector, TFact fact)
        where TFact : Fact
    {
        (fact.ConnectorId, fact.ValidFrom, fact.ValidTo) = (connector, _now, Conventions.OpenEnd);
        fact.Seal(new FingerprintBuilder());
        return fact;
    }

    private static OrganizationFact Organization() => new() { Scope = Scope.Organization, Key = "1", Slug = "acme", Name = "Acme", OpenMembership = true, RequireTwoFactor = false, DefaultRole = "member", OtherSettings = """{"dataScrubber":true}""" };

    private MemberFact Member(int number) => new()
    {
        Scope = Scope.Members,
        Key = $"{number}",
        UserId = $"u{number}",
        Email = $"person-{number}@example.com",
        Name = $"Person {number}",
        OrgRole = number % 50 == 0 ? "manager" : "member",
        DateCreated = _now.AddYears(-1),
        HasTwoFactor = number % 3 != 0,
        EmailVerified = true,
        UserIsSuspended = false,
    };

    private NonHumanFact ClientKey(int number) => new()
    {
        Scope = Scope.ClientKeys,
        Key = NonHumanFact.KeyOf(NonHumanKind.ClientKey, $"{number}"),
        Kind = NonHumanKind.ClientKey,
        ExternalId = $"{number}",
        Name = "Default",
        IsActive = true,
        ProjectId = $"{number}",
        DateCreated = _now.AddYears(-1),
    };

    /// <summary>One line in twenty is one that somebody must look at.</summary>
    private LoggedEvent Line(ConnectorId connector, int number) => new()
    {
        ConnectorId = connector,
        EntryId = number,
        At = _now.AddSeconds(-number * 90.0),
        SeenAt = _now,
        Event = number % 20 == 0 ? "project.remove" : "member.join-team",
        Actor = "somebody@example.com",
        Note = "did something",
    };

    private CollectionRow Complete(ConnectorId connector, EvidenceKind kind) => new()
    {
        ConnectorId = connector,
        Kind = kind,
        Part = "",
        State = CollectionState.Complete,
        StartedAt = _now,
        EndedAt = _now,
        ActorKind = nameof(ActorKind.System),
        ActorId = "bench",
        Owner = "bench",
        LeaseUntil = _now,
    };

    private IEnumerable<CollectedRow> Collected(ConnectorId connector, int number)
    {
        var settings = new ProjectSettingsDocument { Slug = $"project-{number}", Platform = "javascript", IsPublic = false, VerifyTls = true, SafeFields = [], AllowedDomains = ["example.com"], Ownership = new OwnershipDocument(true, true, null, null) };
        yield return Row(connector, EvidenceKind.ProjectSettings, number, EvidenceJson.Text(settings, EvidenceJson.Default.ProjectSettingsDocument), null);
        var usage = new UsageCounters(_now.AddDays(-30), _now, [new CategoryUsageDocument("error", new Dictionary<string, long> { ["accepted"] = 1000, ["rate_limited"] = 3 })]);
        yield return Row(connector, EvidenceKind.Usage, number, """{"slug":"x"}""", EvidenceJson.Text(usage, EvidenceJson.Default.UsageCounters));
    }

    private CollectedRow Row(ConnectorId connector, EvidenceKind kind, int number, string document, string? counters) => new()
    {
        ConnectorId = connector,
        Kind = kind,
        Key = $"{number}",
        Parent = $"{number}",
        Name = $"project-{number}",
        ValidFrom = _now,
        ValidTo = Conventions.OpenEnd,
        Document = document,
        Counters = counters,
    };
}
