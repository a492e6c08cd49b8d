using Watchbill.Access.Logged;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Changes;

/// <summary>Says of changes who made them and when, where Sentry's audit log tells. Whoever calls it has asked already whether the caller may.</summary>
public sealed class ExplainChanges
{
    private const int KeysAtOnce = 500;

    private readonly Database _database;

    internal ExplainChanges(Database database) => _database = database;

    /// <summary>The same changes, with their causes.</summary>
    /// <param name="connector">Of which connector.</param>
    /// <param name="period">The instants between which they are.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AccessChange>> RunAsync(
        ConnectorId connector, (DateTimeOffset Since, DateTimeOffset Until) period, IReadOnlyList<AccessChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        await using var session = _database.OpenRead();
        Dictionary<ChangedFact, LoggedEvent> causes = [];
        foreach (var kind in changes.Select(static change => change.Fact).OfType<ChangedFact>().GroupBy(static fact => fact.Kind))
        {
            foreach (var keys in kind.Select(static fact => fact.Key).Distinct(StringComparer.Ordinal).Chunk(KeysAtOnce))
            {
                var found = await LoggedStore.CausesAsync(session, connector, kind.Key, keys, cancellationToken);
                foreach (var (cause, logged) in found.Where(one => one.Cause.At > period.Since && one.Cause.At <= period.Until).OrderBy(static one => one.Cause.At))
                {
                    // What began and ended several times in between is explained by the last time.
                    causes[new ChangedFact(cause.Kind, cause.Key, cause.IsEnd)] = logged;
                }
            }
        }

        return [.. changes.Select(change => change.Fact is { } fact && causes.TryGetValue(fact, out var logged) ? change with { Cause = new(logged.At, logged.Actor) } : change)];
    }
}
