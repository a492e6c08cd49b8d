using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Explore;

/// <summary>Reads whole pictures of an organization, and whether one is still true.</summary>
internal sealed class PictureStore(Database database)
{
    /// <summary>The version of the ledger now: one small question.</summary>
    public async Task<LedgerVersion> VersionAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await VersionAsync(session, connector, cancellationToken);
    }

    /// <summary>Everything the pages are made of, from one state of the database.</summary>
    public Task<PictureRows> LoadAsync(ConnectorId connector, AsOf asOf, CancellationToken cancellationToken) =>
        database.InSnapshotAsync(async session =>
        {
            var question = new Question(session, connector, asOf, cancellationToken);
            var graph = new AccessGraph(await question.Store.WholeAsync());
            return new PictureRows(
                await VersionAsync(session, connector, cancellationToken),
                graph,
                await question.ActivityAsync(),
                await question.Store.Facts<NonHumanFact>().ToListAsync(cancellationToken),
                await FreshnessStore.OfAsync(session, connector, asOf, ScopesOf(graph), cancellationToken));
        }, cancellationToken);

    private static IReadOnlyCollection<string> ScopesOf(AccessGraph graph) =>
    [
        Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.Projects, Scope.SentryApps, Scope.Integrations,
        Scope.OrganizationTokens, Scope.ClientKeys, .. graph.Teams.Select(static team => Scope.TeamMembers(team.Id)),
    ];

    private static async Task<LedgerVersion> VersionAsync(ReadSession session, ConnectorId connector, CancellationToken cancellationToken)
    {
        var states = session.Connection.GetTable<ScopeState>().Where(state => state.ConnectorId == connector);
        var lastRun = await states.OrderByDescending(state => state.LastCompleteRun).Select(state => state.LastCompleteRun).FirstOrDefaultAsync(cancellationToken);
        var counts = await states.GroupBy(static state => state.ConnectorId)
            .Select(static group => new { All = group.Count(), Stale = group.Count(state => state.StaleSince != null), Last = group.Max(state => state.StaleSince) })
            .FirstOrDefaultAsync(cancellationToken);
        return new LedgerVersion(lastRun?.Value, counts?.All ?? 0, counts?.Stale ?? 0, counts?.Last);
    }
}

/// <summary>What one load brought.</summary>
internal sealed record PictureRows(
    LedgerVersion Version, AccessGraph Graph, IReadOnlyDictionary<string, PrincipalActivity> Activity, IReadOnlyList<NonHumanFact> NonHumans, Freshness Freshness);
