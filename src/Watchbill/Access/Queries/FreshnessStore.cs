using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>Reads how the scopes stand that an answer depends on.</summary>
internal static class FreshnessStore
{
    /// <summary>Up to how many scopes are asked for by name; beyond, reading all is cheaper.</summary>
    private const int MostNamed = 64;

    /// <summary>The named scopes; one without a row was never read and comes back as a blind spot.</summary>
    public static async Task<Freshness> OfAsync(ReadSession session, ConnectorId connector, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        var names = scopes.Count <= MostNamed ? scopes.ToArray() : null;
        var states = await session.Connection.GetTable<ScopeState>()
            .Where(state => state.ConnectorId == connector && (names == null || names.Contains(state.Scope)))
            .Select(state => new ScopeFreshness(state.Scope, state.LastCompleteAt, state.StaleSince, state.StaleReason))
            .ToDictionaryAsync(state => state.Scope, StringComparer.Ordinal, cancellationToken);
        return new Freshness([.. scopes.Order(StringComparer.Ordinal)
            .Select(scope => states.GetValueOrDefault(scope) ?? new ScopeFreshness(scope, null, null, null))]);
    }
}
