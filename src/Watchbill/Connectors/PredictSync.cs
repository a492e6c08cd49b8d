using Watchbill.Access;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors;

/// <summary>What a sync would send, by scope.</summary>
/// <param name="Lines">Each listing with the requests it takes.</param>
/// <param name="IsExact">False before the first complete read: the sizes are not known yet, and the lines are a lower bound.</param>
public sealed record SyncPlan(IReadOnlyList<SyncPlanLine> Lines, bool IsExact)
{
    /// <summary>All requests together.</summary>
    public int Requests => Lines.Sum(line => line.Requests);
}

/// <summary>One listing of a plan.</summary>
/// <param name="Listing">What is read.</param>
/// <param name="Rows">How many rows the last complete read had; null when there was none.</param>
/// <param name="Requests">Requests it takes.</param>
/// <param name="Note">Why it is read so, where there are several ways; null otherwise.</param>
public sealed record SyncPlanLine(string Listing, long? Rows, int Requests, string? Note = null);

/// <summary>Says what a sync would send, without sending anything.</summary>
public sealed class PredictSync
{
    private readonly Ledger _ledger;
    private readonly OpenFactsStore _open;

    internal PredictSync(Ledger ledger, OpenFactsStore open)
    {
        _ledger = ledger;
        _open = open;
    }

    /// <summary>The plan from the sizes of the last complete reads.</summary>
    public async Task<Result<SyncPlan>> RunAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        var known = (await _ledger.ScopesAsync(connector, cancellationToken)).Where(state => state.LastCompleteAt is not null).ToDictionary(state => state.Scope);
        string[] paged = [Scope.Teams, Scope.Integrations, Scope.ClientKeys];
        var teams = known.Values.Where(state => Scope.TeamOf(state.Scope) is not null && state.RowCount > 0).ToList();
        var places = known.TryGetValue(Scope.Teams, out var listed) && known.TryGetValue(Scope.Members, out var members)
            ? PlacesPlan.Cheapest(new PlacesCosts
            {
                ByTeam = teams.Sum(static state => RequestPlan.OfListing(state.RowCount)),
                ByMember = (int)members.RowCount,
                Teams = (int)listed.RowCount,
                HasTeamRoles = (await _open.OrganizationAsync(connector, cancellationToken))?.HasTeamRoles,
                HasScim = (await _open.AuthProviderAsync(connector, cancellationToken))?.ScimEnabled,
            })
            : null;
        List<SyncPlanLine> lines =
        [
            new(Scope.Organization, 1, 1),
            Line(known, Scope.Members, RequestPlan.OfMembers(known.GetValueOrDefault(Scope.Members)?.RowCount ?? 0)),
            Line(known, Scope.OrganizationTokens, 1),
            .. paged.Select(scope => Line(known, scope, RequestPlan.OfListing(known.GetValueOrDefault(scope)?.RowCount ?? 0))),
            Line(known, Scope.Projects, 1),
            Line(known, Scope.AuthProvider, 1),
            Line(known, Scope.SentryApps, 2 + await _open.PublicAppsAsync(connector, cancellationToken)),
            Line(known, Scope.AuditLog, known.ContainsKey(Scope.AuditLog) ? 2 : 1),
            new(Scope.TeamMembersFamily, known.ContainsKey(Scope.Teams) ? teams.Sum(state => state.RowCount) : null, places?.Requests ?? 0, places?.Sentence),
        ];
        return new SyncPlan(lines, known.ContainsKey(Scope.Teams) && known.ContainsKey(Scope.Members));
    }

    private static SyncPlanLine Line(Dictionary<string, ScopeState> known, string scope, int requests) =>
        new(scope, known.GetValueOrDefault(scope)?.RowCount, requests);
}
