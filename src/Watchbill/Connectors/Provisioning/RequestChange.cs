using Watchbill.Audit;
using Watchbill.Connectors.Sentry.Changing;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>What would happen if a change were asked for.</summary>
/// <param name="Before">What Sentry says now.</param>
/// <param name="IsDone">It is so already.</param>
/// <param name="Request">The request that would be sent; null when none would be.</param>
/// <param name="Refusal">Why it cannot be made; null when it can.</param>
public sealed record ChangePlan(TargetState Before, bool IsDone, string? Request, Refusal? Refusal);

/// <summary>
/// Asks for a change in Sentry. What can be known is refused at once, with the way out; the rest is a row that a server, or the command line, carries out and proves.
/// </summary>
public sealed class RequestChange
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly ChangeDesk _desk;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal RequestChange(Database database, ConnectorStore connectors, ChangeDesk desk, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _desk = desk;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Says what would be sent, and sends nothing but questions.</summary>
    public async Task<Result<ChangePlan>> PlanAsync(ConnectorId connectorId, IntendedChange change, Caller caller, CancellationToken cancellationToken)
    {
        var connector = await FindAsync(connectorId, change, caller, cancellationToken);
        return connector.Succeeded ? await AskAsync(connector.Value, change, cancellationToken) : connector.Refusal!;
    }

    /// <summary>Asks for it.</summary>
    /// <param name="connectorId">In which organization.</param>
    /// <param name="change">What.</param>
    /// <param name="reason">Why; it is kept for ever.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is asked for then.</param>
    public async Task<Result<ProvisioningTask>> RunAsync(ConnectorId connectorId, IntendedChange change, string reason, Caller caller, CancellationToken cancellationToken)
    {
        var connector = await FindAsync(connectorId, change, caller, cancellationToken);
        if ((connector.Refusal ?? ClosedTo(connector.Value)) is { } refusal)
        {
            return refusal;
        }

        if (SyncRefusals.BadReason(reason) is { } badReason)
        {
            return badReason;
        }

        var plan = await AskAsync(connector.Value, change, cancellationToken);
        if ((plan.Refusal ?? (plan.Value.IsDone ? ProvisioningRefusals.AlreadySo(plan.Value.Before.Describe()) : plan.Value.Refusal)) is { } no)
        {
            return no;
        }

        return await _database.InTransactionAsync(
            transaction => WriteAsync(transaction, ProvisioningRow.Of(connectorId, change, reason.Trim(), caller.Actor, _clock.GetUtcNow()) with { StateBefore = plan.Value.Before.ToJson() }, cancellationToken), cancellationToken);
    }

    /// <summary>Why nothing may be changed there now; null when it may.</summary>
    internal static Refusal? ClosedTo(ConnectorRow connector) => connector switch
    {
        { WritesSince: null } => ProvisioningRefusals.SwitchedOff(connector.Name),
        { State: ConnectorState.Paused } => SyncRefusals.NotNow(connector.State, connector.Name),
        _ => null,
    };

    private async Task<Result<ConnectorRow>> FindAsync(ConnectorId connectorId, IntendedChange change, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ChangeAccess) ?? (change.Incomplete() is { } missing ? ProvisioningRefusals.Incomplete(missing) : null)) is { } refusal)
        {
            return refusal;
        }

        return await _connectors.FindWithTokenAsync(connectorId, cancellationToken);
    }

    private Task<Result<ChangePlan>> AskAsync(ConnectorRow connector, IntendedChange change, CancellationToken cancellationToken) =>
        _desk.AskAsync(connector, connector.ProtectedWriteToken, changer => PlanAsync(changer, change, cancellationToken), cancellationToken);

    private static async Task<ChangePlan> PlanAsync(SentryChanger changer, IntendedChange change, CancellationToken cancellationToken)
    {
        var target = await changer.ReadAsync(change, cancellationToken);
        if (target.State.Fulfils(change) && (change.Member is null || target.Member is not null))
        {
            return new ChangePlan(target.State, IsDone: true, Request: null, Refusal: null);
        }

        var refusal = changer.Refuse(change, target);
        return new ChangePlan(target.State, IsDone: false, refusal is null ? changer.Describe(change, target) : null, refusal);
    }

    private async Task<Result<ProvisioningTask>> WriteAsync(Transaction transaction, ProvisioningRow row, CancellationToken cancellationToken)
    {
        // Two who ask the same at the same time: the second waits here and then sees the row of the first.
        await Database.LockAsync(transaction, $"provisioning {row.ConnectorId}", cancellationToken);
        if (await ProvisioningStore.FindOpenAsync(transaction, row.ConnectorId, row.Change(), cancellationToken) is { } open)
        {
            return ProvisioningRefusals.AlreadyAsked(open.Id);
        }

        var task = (row with { Id = await ProvisioningStore.InsertAsync(transaction, row, cancellationToken) }).ToTask();
        await _audit.AppendAsync(transaction, AuditEvents.ChangeAsked(task), cancellationToken);
        return task;
    }
}
