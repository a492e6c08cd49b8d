using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.History;

/// <summary>Reads the periods a history is told from, all from one state of the database.</summary>
internal sealed class HistoryStore(Database database)
{
    public Task<HistoryRows> OfMemberAsync(ConnectorId connector, string id, CancellationToken cancellationToken) => database.InSnapshotAsync(async session =>
    {
        var members = await PeriodsAsync<MemberFact>(session, connector, fact => fact.Key == id, cancellationToken);
        var memberships = await PeriodsAsync<TeamMembershipFact>(session, connector, fact => fact.MemberId == id, cancellationToken);
        return new HistoryRows
        {
            Members = members,
            Memberships = memberships,
            TeamNames = await TeamNamesAsync(session, connector, memberships.Select(static place => place.TeamId), cancellationToken),
            FirstReads = await FirstReadsAsync(session, connector, [.. members, .. memberships], cancellationToken),
            Causes = await CausesAsync(session, connector, [.. members, .. memberships], cancellationToken),
        };
    }, cancellationToken);

    public Task<HistoryRows> OfTeamAsync(ConnectorId connector, string id, CancellationToken cancellationToken) => database.InSnapshotAsync(async session =>
    {
        var teams = await PeriodsAsync<TeamFact>(session, connector, fact => fact.Key == id, cancellationToken);
        var memberships = await PeriodsAsync<TeamMembershipFact>(session, connector, fact => fact.TeamId == id, cancellationToken);
        var links = await PeriodsAsync<ProjectTeamFact>(session, connector, fact => fact.TeamId == id, cancellationToken);
        return new HistoryRows
        {
            Teams = teams,
            Memberships = memberships,
            Links = links,
            MemberNames = await LastKnownStore.OfAsync<MemberFact, string>(session, connector, memberships.Select(static place => place.MemberId), static member => member.Email, cancellationToken),
            ProjectNames = await LastKnownStore.OfAsync<ProjectFact, string>(session, connector, links.Select(static link => link.ProjectId), static project => project.Slug, cancellationToken),
            FirstReads = await FirstReadsAsync(session, connector, [.. teams, .. memberships, .. links], cancellationToken),
            Causes = await CausesAsync(session, connector, [.. teams, .. memberships, .. links], cancellationToken),
        };
    }, cancellationToken);

    public Task<HistoryRows> OfProjectAsync(ConnectorId connector, string id, CancellationToken cancellationToken) => database.InSnapshotAsync(async session =>
    {
        var projects = await PeriodsAsync<ProjectFact>(session, connector, fact => fact.Key == id, cancellationToken);
        var links = await PeriodsAsync<ProjectTeamFact>(session, connector, fact => fact.ProjectId == id, cancellationToken);
        return new HistoryRows
        {
            Projects = projects,
            Links = links,
            TeamNames = await TeamNamesAsync(session, connector, links.Select(static link => link.TeamId), cancellationToken),
            FirstReads = await FirstReadsAsync(session, connector, [.. projects, .. links], cancellationToken),
            Causes = await CausesAsync(session, connector, [.. projects, .. links], cancellationToken),
        };
    }, cancellationToken);

    private static async Task<IReadOnlyList<TFact>> PeriodsAsync<TFact>(
        ReadSession session, ConnectorId connector, Expression<Func<TFact, bool>> which, CancellationToken cancellationToken)
        where TFact : Fact =>
        await session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == connector).Where(which).OrderBy(fact => fact.ValidFrom).ToListAsync(cancellationToken);

    private static Task<Dictionary<string, string>> TeamNamesAsync(ReadSession session, ConnectorId connector, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        LastKnownStore.OfAsync<TeamFact, string>(session, connector, ids, static team => team.Slug, cancellationToken);

    private static async Task<Dictionary<string, DateTimeOffset>> FirstReadsAsync(
        ReadSession session, ConnectorId connector, IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> reads = new(StringComparer.Ordinal);
        foreach (var some in facts.Select(static fact => fact.Scope).Distinct(StringComparer.Ordinal).Chunk(LastKnownStore.KeysAtOnce))
        {
            var states = await session.Connection.GetTable<ScopeState>().Where(state => state.ConnectorId == connector && some.Contains(state.Scope) && state.FirstCompleteAt != null)
                .Select(static state => new { state.Scope, state.FirstCompleteAt }).ToListAsync(cancellationToken);
            states.ForEach(state => reads[state.Scope] = state.FirstCompleteAt!.Value);
        }

        return reads;
    }

    private static async Task<Dictionary<(FactKind Kind, string Key, DateTimeOffset At, bool IsEnd), LoggedEvent>> CausesAsync(
        ReadSession session, ConnectorId connector, IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        Dictionary<(FactKind Kind, string Key, DateTimeOffset At, bool IsEnd), LoggedEvent> causes = [];
        foreach (var kind in facts.GroupBy(FactKinds.Of))
        {
            foreach (var keys in kind.Select(static fact => fact.Key).Distinct(StringComparer.Ordinal).Chunk(LastKnownStore.KeysAtOnce))
            {
                foreach (var (cause, logged) in await LoggedStore.CausesAsync(session, connector, kind.Key, keys, cancellationToken))
                {
                    causes[(cause.Kind, cause.Key, cause.At, cause.IsEnd)] = logged;
                }
            }
        }

        return causes;
    }
}
