using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Kernel;

namespace Watchbill.Access.Queries;

/// <summary>Reads how the scopes stand that an answer depends on.</summary>
internal static class FreshnessStore
{
    /// <summary>The named scopes; one without a row was never read and comes back as a blind spot.</summary>
    public static async Task<Freshness> OfAsync(DataConnection connection, ConnectorId connector, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        var states = await connection.GetTable<ScopeState>()
            .Where(state => state.ConnectorId == connector)
            .Select(state => new ScopeFreshness(state.Scope, state.LastCompleteAt, state.StaleSince, state.StaleReason))
            .ToDictionaryAsync(state => state.Scope, StringComparer.Ordinal, cancellationToken);
        return new Freshness([.. scopes.Order(StringComparer.Ordinal)
            .Select(scope => states.GetValueOrDefault(scope) ?? new ScopeFreshness(scope, null, null, null))]);
    }
}
