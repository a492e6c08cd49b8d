using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>Reads how the scopes stand that an answer depends on.</summary>
internal static class FreshnessStore
{
    /// <summary>Up to how many scopes are asked for by name; beyond, reading all is cheaper.</summary>
    private const int MostNamed = 64;

    /// <summary>
    /// The named scopes; one that was never read, or not before the instant the answer is about, comes back as a blind spot.
    /// </summary>
    public static async Task<Freshness> OfAsync(
        ReadSession session, ConnectorId connector, AsOf asOf, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        var values = new List<(string Name, object Value)> { ("connector", connector.Value) };
        values.AddRange(scopes.Count <= MostNamed ? scopes.Select(static (scope, index) => ($"scope{index}", (object)scope)) : []);
        var named = values.Count > 1 ? $" AND scope IN ({string.Join(", ", values.Skip(1).Select(static value => "@" + value.Name))})" : "";
        var states = (await session.ReadAsync(
                $"SELECT scope, last_complete_at, stale_since, stale_reason, first_complete_at, vouched_at FROM scope_state WHERE connector_id = @connector{named}", values,
                row => asOf.IsNow || row.Instant(4) <= asOf.At
                    ? new ScopeFreshness(row.GetString(0), row.Instant(1), row.Instant(2), row.Text(3)) { VouchedAt = asOf.IsNow ? row.Instant(5) : null }
                    : new ScopeFreshness(row.GetString(0), null, null, null),
                cancellationToken))
            .ToDictionary(static state => state.Scope, StringComparer.Ordinal);
        return new Freshness([.. scopes.Order(StringComparer.Ordinal)
            .Select(scope => states.GetValueOrDefault(scope) ?? new ScopeFreshness(scope, null, null, null))]);
    }
}
