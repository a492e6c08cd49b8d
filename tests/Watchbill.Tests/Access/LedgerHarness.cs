using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.Time.Testing;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Testing;
using Watchbill.Tests.Storage;

namespace Watchbill.Tests.Access;

/// <summary>A ledger on a database of its own, and short words for what tests say about it.</summary>
internal sealed class LedgerHarness : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly ConnectorId Connector = new(7);

    private LedgerHarness(MigratedDatabase database)
    {
        Database = database;
        Audit = new AuditLog(database.Database, Clock);
        Ledger = new Ledger(database.Database, Audit);
    }

    public MigratedDatabase Database { get; }

    public FakeTimeProvider Clock { get; } = new(Start);

    public AuditLog Audit { get; }

    public Ledger Ledger { get; }

    public static async Task<LedgerHarness> CreateAsync(TestEngine engine) => new(await MigratedDatabase.CreateAsync(engine));

    /// <summary>A ledger as another process would have it, on connections of its own.</summary>
    public Ledger OpenSecondLedger()
    {
        var database = Database.Open();
        return new Ledger(database, new AuditLog(database, Clock));
    }

    /// <summary>Instant number <paramref name="hour"/> of the test.</summary>
    public static DateTimeOffset At(int hour) => Start.AddHours(hour);

    public static SyncRunId Run(long number) => new(number);

    public static TeamFact Team(string id, string? slug = null) => new() { Scope = Scope.Teams, Key = id, Slug = slug ?? $"team-{id}", Name = $"Team {id}" };

    public static TeamMembershipFact Membership(string team, string member, string? role = null) => new()
    {
        Scope = Scope.TeamMembers(team),
        Key = TeamMembershipFact.KeyOf(team, member),
        TeamId = team,
        MemberId = member,
        TeamRole = role,
    };

    public static Observation Teams(int hour, params Fact[] facts) => new(Scope.Teams, At(hour), facts, []);

    public static Observation Members(int hour, string team, params Fact[] facts) => new(Scope.TeamMembers(team), At(hour), facts, []);

    public Task<StageOutcome> StageAsync(int run, Observation observation) => Ledger.StageAsync(Connector, Run(run), observation, TestContext.Current.CancellationToken);

    public Task<ApplyOutcome> ApplyAsync(int run) =>
        Ledger.ApplyAsync(Connector, Run(run), alongside: null, Actor.System, TestContext.Current.CancellationToken);

    /// <summary>Stages and applies in one go.</summary>
    public async Task<ApplyOutcome> ObserveAsync(int run, params Observation[] observations)
    {
        await Ledger.StageAsync(Connector, Run(run), observations, TestContext.Current.CancellationToken);
        return await ApplyAsync(run);
    }

    /// <summary>Every period of a kind in the ledger as text, by key and begin: <c>key [from,to) first..last</c>, hours since the start.</summary>
    public async Task<IReadOnlyList<string>> PeriodsAsync<TFact>()
        where TFact : Fact
    {
        await using var connection = Database.Database.Open();
        var facts = await connection.GetTable<TFact>().ToListAsync(TestContext.Current.CancellationToken);
        return [.. facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).ThenBy(fact => fact.ValidFrom).Select(Describe)];
    }

    public async Task<ScopeState?> ScopeAsync(string scope) =>
        (await Ledger.ScopesAsync(Connector, TestContext.Current.CancellationToken)).SingleOrDefault(state => state.Scope == scope);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static string Describe(Fact fact)
    {
        var to = fact.ValidTo == DateTimeOffset.MaxValue ? "" : $"{(fact.ValidTo - Start).TotalHours:0.##}";
        return $"{fact.Key} [{(fact.ValidFrom - Start).TotalHours:0.##},{to}) {fact.FirstRun}..{fact.LastRun}";
    }
}
