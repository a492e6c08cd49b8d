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
        var values = new List<(string Name, object Value)> { ("connector", connector.Value) };
        values.AddRange(scopes.Count <= MostNamed ? scopes.Select(static (scope, index) => ($"scope{index}", (object)scope)) : []);
        var named = values.Count > 1 ? $" AND scope IN ({string.Join(", ", values.Skip(1).Select(static value => "@" + value.Name))})" : "";
        var states = (await session.ReadAsync(
                $"SELECT scope, last_complete_at, stale_since, stale_reason FROM scope_state WHERE connector_id = @connector{named}", values,
                static row => new ScopeFreshness(row.GetString(0), row.Instant(1), row.Instant(2), row.Text(3)), cancellationToken))
            .ToDictionary(static state => state.Scope, StringComparer.Ordinal);
        return new Freshness([.. scopes.Order(StringComparer.Ordinal)
            .Select(scope => states.GetValueOrDefault(scope) ?? new ScopeFreshness(scope, null, null, null))]);
    }
}
