using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access.Logged;
using Watchbill.Access.Queries;
using Watchbill.Connectors;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Actor = Watchbill.Kernel.Actor;

namespace Watchbill.Bench;

/// <summary>Years of hourly runs in minutes: how the file grows, and whether questions about now and about the past get slower with it.</summary>
internal sealed class HistoryBenchmark(int runs, BenchOptions options, Report report)
{
    private const double MegaByte = 1 << 20;
    private const double MostSlower = 1.5;
    private const int Asked = 60;

    /// <summary>The first questions of a process are slow because it has just started, not because of history.</summary>
    private const int WarmUps = 100;

    private const int Issues = 500_000;
    private const int AuditLines = 1_000_000;

    private readonly Random _random = new(20261128);
    private readonly Dictionary<string, double> _first = [];
    private readonly RunningClock _clock = new();

    private DateTimeOffset _begin;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        var size = options.Size;
        await using var sentry = await SimulatorServer.StartAsync(
            new SimulatorOptions { Size = new OrganizationSize(size.Members, size.Teams, size.Projects, AuditRows: 100, TeamsPerMember: 4), Clock = _clock }, cancellationToken);
        var acme = sentry.World.Organization("acme");
        var address = DatabaseAddress.Parse($"sqlite:{workspace.DatabaseFile}");
        Migrator.Migrate(address);
        await using var services = new ServiceCollection().AddWatchbill(address, workspace.KeyFolder).AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        var connector = await ConnectAsync(services, sentry, acme, cancellationToken);
        _begin = _clock.GetUtcNow();
        for (var run = 1; run <= runs; run++)
        {
            await SyncAsync(services, connector, run % 24 == 1 ? SyncMode.Full : SyncMode.Incremental, cancellationToken);
            if (run is 1 or 100 or 1000 || run == runs)
            {
                await MeasureAsync($"after {run:N0} runs", services, connector, acme, workspace, cancellationToken);
            }

            _clock.Advance(TimeSpan.FromHours(1));
            Change(acme);
        }

        await FillAsync(services, connector, cancellationToken);
        await MeasureAsync($"with {Issues:N0} issues and {AuditLines:N0} audit lines", services, connector, acme, workspace, cancellationToken);
    }

    private static async Task<ConnectorId> ConnectAsync(IServiceProvider services, SimulatorServer sentry, Organization acme, CancellationToken cancellationToken)
    {
        var app = acme.AddSentryApp("Watchbill", ScopeSet.Of(["org:read", "member:read", "team:read", "project:read", "event:read", "org:write"]));
        var input = new ConnectInput
        {
            Name = "bench",
            Address = sentry.BaseAddress.AbsoluteUri,
            OrganizationSlug = "acme",
            Token = acme.IssueToken(app),
            BudgetShare = 1,
            AllowPrivateNetworks = true,
        };
        var connected = await services.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, cancellationToken);
        return connected.Value.Connector.Id;
    }

    private static async Task SyncAsync(IServiceProvider services, ConnectorId connector, SyncMode mode, CancellationToken cancellationToken)
    {
        var run = await services.GetRequiredService<SyncOrganization>().RunAsync(connector, mode, Caller.System, progress: null, cancellationToken);
        if (run.Value.State is not SyncRunState.Succeeded)
        {
            throw new InvalidOperationException($"The run ended {run.Value.State}: {run.Value.Reason}");
        }
    }

    /// <summary>One percent of the members a day, spread over its hours: into a team or out of one.</summary>
    private void Change(Organization acme)
    {
        var anHour = options.Size.Members / 100.0 / 24;
        var many = (int)anHour + (_random.NextDouble() < anHour - (int)anHour ? 1 : 0);
        for (var change = 0; change < many; change++)
        {
            var member = acme.Members[_random.Next(acme.Members.Count)];
            if (member is { IsPending: false, IsListed: true, Memberships.Count: > 1 })
            {
                acme.LeaveTeam(member, member.Memberships[0].Team);
            }
            else if (member is { IsPending: false, IsListed: true } && acme.Teams[_random.Next(acme.Teams.Count)] is var team && member.Memberships.All(link => link.Team != team))
            {
                acme.JoinTeam(member, team);
            }
        }
    }

    private async Task MeasureAsync(string when, IServiceProvider services, ConnectorId connector, Organization acme, Workspace workspace, CancellationToken cancellationToken)
    {
        var queries = services.GetRequiredService<AccessQueries>();
        var projects = acme.Projects.Select(static project => project.Slug).ToList();
        var members = acme.Members.Where(static member => member is { IsListed: true, IsPending: false }).Select(static member => $"{member.Id}").ToList();
        report.Add(new($"File {when}", $"{SizeOf(workspace):0.0} MB", "", SizeOf(workspace), Target: null));
        await TimeAsync("who reaches a project", when, () => queries.WhoReachesAsync(connector, One(projects), at: null, cancellationToken));
        await TimeAsync("who reached a project at an instant of the past", when, () => queries.WhoReachesAsync(connector, One(projects), At(), cancellationToken));
        await TimeAsync("what a member reaches", when, () => queries.OfMemberAsync(connector, One(members), at: null, cancellationToken));
        await TimeAsync("the whole organization at an instant of the past", when, () => queries.GraphAsync(connector, At(), cancellationToken));
        await TimeAsync("a page of issues", when, () => services.GetRequiredService<ReadEvidence>().ListAsync(new EvidenceQuestion(connector, EvidenceKind.Issues) { Take = 50 }, cancellationToken));
    }

    private async Task TimeAsync(string question, string when, Func<Task> askAsync)
    {
        List<double> times = [];
        for (var round = -WarmUps; round < Asked; round++)
        {
            var clock = Stopwatch.StartNew();
            await askAsync();
            if (round >= 0)
            {
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        times.Sort();
        var median = times[times.Count / 2];
        var isFirst = _first.TryAdd(question, median);
        report.Add(new($"{question}, {when}, half of all", $"{median:0.0} ms", isFirst ? "" : $"{_first[question]:0.0} ms", median / _first[question], isFirst || question.EndsWith("issues", StringComparison.Ordinal) ? null : MostSlower));
    }

    /// <summary>As much as the compliance side may bring, written as collections and runs write it.</summary>
    private async Task FillAsync(IServiceProvider services, ConnectorId connector, CancellationToken cancellationToken)
    {
        var book = services.GetRequiredService<EvidenceBook>();
        foreach (var what in (string[])["first", "same again"])
        {
            var clock = Stopwatch.StartNew();
            var start = new CollectionStart { Connector = connector, Kind = EvidenceKind.Issues, Actor = Actor.System, Lease = TimeSpan.FromHours(1) };
            var collection = (await book.StartAsync(start, cancellationToken)).Value;
            for (var first = 0; first < Issues; first += 1000)
            {
                await book.StageAsync(collection, [.. Enumerable.Range(first, 1000).Select(Issue)], cancellationToken);
            }

            var staged = clock.Elapsed;
            await book.CompleteAsync(collection, new CollectionResult { Rows = Issues }, cancellationToken);
            report.Add(new($"{Issues:N0} issues, {what}: set aside", $"{staged.TotalSeconds:0.0} s", "", staged.TotalSeconds, Target: null));
            report.Add(new($"{Issues:N0} issues, {what}: compared and applied", $"{(clock.Elapsed - staged).TotalSeconds:0.0} s", "", (clock.Elapsed - staged).TotalSeconds, Target: null));
            _clock.Advance(TimeSpan.FromHours(1));
        }

        var logged = services.GetRequiredService<LoggedStore>();
        var line = Stopwatch.StartNew();
        for (var first = 0; first < AuditLines; first += 1000)
        {
            await logged.AddAsync(connector, [.. Enumerable.Range(first, 1000).Select(number => Line(connector, number))], cancellationToken);
        }

        report.Add(new($"{AuditLines:N0} audit lines kept", $"{line.Elapsed.TotalSeconds:0.0} s", "", line.Elapsed.TotalSeconds, Target: null));
    }

    private EvidenceItem Issue(int number) => new()
    {
        Key = $"{9_000_000_000 + number}",
        Parent = $"{number % options.Size.Projects}",
        Name = $"BENCH-{number:X}",
        State = (number % 3) switch { 0 => "resolved", 1 => "unresolved", _ => "ignored" },
        At = _begin.AddMinutes(-number),
        LastAt = _begin,
        Document = $$"""{"shortId":"BENCH-{{number:X}}","projectId":"{{number % options.Size.Projects}}","level":"error","status":"unresolved","substatus":"ongoing","priority":"medium","issueType":"error","issueCategory":"error","isPublic":false,"isUnhandled":true,"firstSeen":"2026-11-01T00:00:00+00:00"}""",
        Counters = $$"""{"lastSeen":"2026-11-28T00:00:00+00:00","count":{{number % 1000}},"userCount":{{number % 50}},"numComments":0}""",
    };

    private LoggedEvent Line(ConnectorId connector, int number) => new()
    {
        ConnectorId = connector,
        EntryId = 9_000_000_000 + number,
        At = _begin.AddSeconds(-number),
        SeenAt = _begin,
        Event = "project.edit",
        ActorUserId = $"{number % 997}",
        Actor = $"person-{number % 997}@example.com",
        TargetObject = $"{number % options.Size.Projects}",
        Note = "edited project settings",
    };

    private DateTimeOffset At() => _begin + (_random.NextDouble() * (_clock.GetUtcNow() - _begin));

    private T One<T>(List<T> all) => all[_random.Next(all.Count)];

    private static double SizeOf(Workspace workspace)
    {
        using var connection = new SqliteConnection($"Data Source={workspace.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        return new FileInfo(workspace.DatabaseFile).Length / MegaByte;
    }

    /// <summary>The real time and more.</summary>
    private sealed class RunningClock : TimeProvider
    {
        private long _ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
    }
}
