using Watchbill.Access;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors;

/// <summary>Reads connectors and their runs, for whoever may read.</summary>
public sealed class ConnectorQueries
{
    private readonly ConnectorStore _connectors;
    private readonly SyncRunStore _runs;
    private readonly Ledger _ledger;

    internal ConnectorQueries(ConnectorStore connectors, SyncRunStore runs, Ledger ledger)
    {
        _connectors = connectors;
        _runs = runs;
        _ledger = ledger;
    }

    /// <summary>All connectors, by name.</summary>
    public async Task<Result<IReadOnlyList<Connector>>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        MayNotRead(caller) is { } refusal
            ? refusal
            : Result.Of<IReadOnlyList<Connector>>([.. (await _connectors.ListAsync(cancellationToken)).Select(row => row.ToConnector())]);

    /// <summary>The connector with this name, or with this id when no name fits.</summary>
    public async Task<Result<Connector>> FindAsync(string nameOrId, Caller caller, CancellationToken cancellationToken)
    {
        var all = await ListAsync(caller, cancellationToken);
        return all.Succeeded ? Named(all.Value, nameOrId) : all.Refusal!;
    }

    /// <summary>Of these, the connector with this name, or with this id when no name fits.</summary>
    public static Result<Connector> Named(IReadOnlyList<Connector> connectors, string nameOrId) =>
        connectors.FirstOrDefault(connector => string.Equals(connector.Name, nameOrId, StringComparison.OrdinalIgnoreCase))
        ?? connectors.FirstOrDefault(connector => connector.Id.ToString() == nameOrId)
        ?? (Result<Connector>)SyncRefusals.NoSuchConnector(nameOrId);

    /// <summary>The connector with this id.</summary>
    public async Task<Result<Connector>> FindAsync(ConnectorId id, Caller caller, CancellationToken cancellationToken)
    {
        if (MayNotRead(caller) is { } refusal)
        {
            return refusal;
        }

        return await _connectors.FindAsync(id, cancellationToken) is { } row ? row.ToConnector() : SyncRefusals.NoSuchConnector(id.ToString());
    }

    /// <summary>The latest runs, newest first.</summary>
    public Task<Result<IReadOnlyList<SyncRun>>> RunsAsync(ConnectorId connector, int limit, Caller caller, CancellationToken cancellationToken) =>
        RunsAsync(connector, before: null, limit, caller, cancellationToken);

    /// <summary>The latest runs before another one, newest first.</summary>
    public async Task<Result<IReadOnlyList<SyncRun>>> RunsAsync(ConnectorId connector, SyncRunId? before, int limit, Caller caller, CancellationToken cancellationToken) =>
        MayNotRead(caller) is { } refusal
            ? refusal
            : Result.Of<IReadOnlyList<SyncRun>>([.. (await _runs.ListAsync(connector, before, limit, cancellationToken)).Select(row => row.ToSyncRun())]);

    /// <summary>One run.</summary>
    public async Task<Result<SyncRun>> RunAsync(SyncRunId run, Caller caller, CancellationToken cancellationToken)
    {
        if (MayNotRead(caller) is { } refusal)
        {
            return refusal;
        }

        return await _runs.FindAsync(run, cancellationToken) is { } row ? row.ToSyncRun() : SyncRefusals.NoSuchRun(run);
    }

    /// <summary>The log of a run: a line for each scope, by name.</summary>
    public async Task<Result<IReadOnlyList<SyncScope>>> ScopesAsync(SyncRunId run, Caller caller, CancellationToken cancellationToken) =>
        MayNotRead(caller) is { } refusal
            ? refusal
            : Result.Of<IReadOnlyList<SyncScope>>([.. (await _runs.ScopesAsync(run, cancellationToken)).Select(row => row.ToSyncScope())]);

    /// <summary>What a held run would change.</summary>
    public async Task<Result<LedgerDifference>> DifferenceAsync(SyncRunId run, Caller caller, CancellationToken cancellationToken)
    {
        if (MayNotRead(caller) is { } refusal)
        {
            return refusal;
        }

        return await _runs.FindAsync(run, cancellationToken) is { State: SyncRunState.NeedsConfirmation } row
            ? await _ledger.CompareAsync(row.ConnectorId, run, cancellationToken)
            : SyncRefusals.RunNotHeld(run);
    }

    /// <summary>The first facts of each kind that a held run would end, then begin.</summary>
    public async Task<Result<IReadOnlyList<HeldFact>>> DifferenceFactsAsync(SyncRunId run, int limit, Caller caller, CancellationToken cancellationToken)
    {
        var difference = await DifferenceAsync(run, caller, cancellationToken);
        if (!difference.Succeeded)
        {
            return difference.Refusal!;
        }

        var connector = (await _runs.FindAsync(run, cancellationToken))!.ConnectorId;
        List<HeldFact> found = [];
        foreach (var kind in difference.Value.Lines.Where(static line => line.Closing + line.Opening > 0).Select(static line => line.Kind).Distinct())
        {
            foreach (var change in (FactChange[])[FactChange.Closing, FactChange.Opening])
            {
                var facts = await _ledger.ListAsync(new DifferenceQuery(connector, run, change, kind, limit), cancellationToken);
                found.AddRange(facts.Select(fact => new HeldFact(change, kind, fact.Key, FactNames.Of(fact))));
            }
        }

        return found;
    }

    /// <summary>How each scope of a connector stands, by name.</summary>
    public async Task<Result<IReadOnlyList<ScopeState>>> ScopeStatesAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connector, caller, cancellationToken);
        return found.Succeeded ? Result.Of(await _ledger.ScopesAsync(connector, cancellationToken)) : found.Refusal!;
    }

    private static Refusal? MayNotRead(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess);
    }
}

/// <summary>One fact that a held run would end or begin.</summary>
/// <param name="Change">Which of the two.</param>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Key">Sentry's ids.</param>
/// <param name="Name">What people call it.</param>
public sealed record HeldFact(FactChange Change, FactKind Kind, string Key, string? Name);
