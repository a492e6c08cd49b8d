using LinqToDB.Data;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Kernel;
using Watchbill.Testing;
using Watchbill.Tests.Storage;

namespace Watchbill.Tests.Access.Queries;

/// <summary>
/// A database of one test's own with facts written into it as the ledger would have. Facts begin on <see cref="Day"/> 1 and stay open unless
/// a test says otherwise; every scope that a fact belongs to counts as read on that day.
/// </summary>
internal sealed class AccessDatabase : IAsyncDisposable
{
    private readonly MigratedDatabase _migrated;

    private AccessDatabase(MigratedDatabase migrated)
    {
        _migrated = migrated;
        Queries = new AccessQueries(migrated.Database, TimeProvider.System);
    }

    public static ConnectorId Connector { get; } = new(7);

    public AccessQueries Queries { get; }

    public static async Task<AccessDatabase> CreateAsync(TestEngine engine) => new(await MigratedDatabase.CreateAsync(engine));

    public static DateTimeOffset Day(int day) => new(2026, 3, day, 12, 0, 0, TimeSpan.Zero);

    public async Task WriteAsync(params IEnumerable<Fact> facts)
    {
        await using var connection = _migrated.Database.Open();
        foreach (var kind in facts.GroupBy(static fact => fact.GetType()))
        {
            await (kind.First() switch
            {
                OrganizationFact => CopyAsync<OrganizationFact>(connection, kind),
                AuthProviderFact => CopyAsync<AuthProviderFact>(connection, kind),
                MemberFact => CopyAsync<MemberFact>(connection, kind),
                TeamFact => CopyAsync<TeamFact>(connection, kind),
                TeamMembershipFact => CopyAsync<TeamMembershipFact>(connection, kind),
                ProjectFact => CopyAsync<ProjectFact>(connection, kind),
                ProjectTeamFact => CopyAsync<ProjectTeamFact>(connection, kind),
                NonHumanFact => CopyAsync<NonHumanFact>(connection, kind),
                _ => throw new ArgumentException($"{kind.Key.Name} is no kind of fact that this knows.", nameof(facts)),
            });
        }
    }

    public async Task WriteAsync(params IEnumerable<PrincipalActivity> activity)
    {
        await using var connection = _migrated.Database.Open();
        await connection.BulkCopyAsync(activity.Select(static seen =>
        {
            seen.ConnectorId = Connector;
            seen.ObservedAt = Day(1);
            return seen;
        }));
    }

    /// <summary>Says that the scopes were read to their end on a day, and since when reads fail.</summary>
    public async Task ReadAsync(IEnumerable<string> scopes, int day = 1, int? staleSince = null, int first = 1)
    {
        await using var connection = _migrated.Database.Open();
        await connection.BulkCopyAsync(scopes.Select(scope => new ScopeState
        {
            ConnectorId = Connector,
            Scope = scope,
            LastCompleteRun = new SyncRunId(1),
            LastCompleteAt = Day(day),
            FirstCompleteAt = Day(first),
            StaleSince = staleSince is { } since ? Day(since) : null,
            StaleReason = staleSince is null ? null : "Sentry answered 503",
        }));
    }

    public ValueTask DisposeAsync() => _migrated.DisposeAsync();

    private static async Task CopyAsync<TFact>(DataConnection connection, IEnumerable<Fact> facts)
        where TFact : Fact =>
        await connection.BulkCopyAsync(new BulkCopyOptions(BulkCopyType: BulkCopyType.MultipleRows), facts.Cast<TFact>());
}
