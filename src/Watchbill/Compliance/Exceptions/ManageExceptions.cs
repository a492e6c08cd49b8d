using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Exceptions;

/// <summary>Asks for exceptions, decides about them and ends them. Whoever may ask does, auditors do not; whoever manages compliance decides, but never about what they asked for themselves.</summary>
public sealed class ManageExceptions
{
    /// <summary>The longest exception, in days.</summary>
    public const int MostDays = 366;

    /// <summary>At most so many are listed.</summary>
    public const int MostListed = 1000;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageExceptions(Database database, ConnectorStore connectors, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Those that wait or cover something, of one connector or of all; with those that are over when wanted.</summary>
    public async Task<Result<IReadOnlyList<CheckException>>> ListAsync(ConnectorId? connector, bool all, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of<IReadOnlyList<CheckException>>([.. (await ExceptionStore.ListAsync(session, connector, all, MostListed, cancellationToken)).Select(static row => row.ToException())]);
    }

    /// <summary>Asks for one.</summary>
    /// <returns>A refusal when nothing fails that it would cover, or one covers it already.</returns>
    public async Task<Result<CheckException>> AskAsync(ExceptionInput input, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.AskForExceptions) is { } refusal)
        {
            return refusal;
        }

        var now = _clock.GetUtcNow();
        if (CheckCatalogue.Find(input.CheckId) is null)
        {
            return ComplianceRefusals.NoSuchCheck(input.CheckId);
        }

        if (SyncRefusals.BadReason(input.Reason) is { } bad)
        {
            return bad;
        }

        if (input.EndsAt < now.AddHours(1) || input.EndsAt > now.AddDays(MostDays))
        {
            return ComplianceRefusals.BadEnd(MostDays);
        }

        return await _connectors.FindAsync(input.Connector, cancellationToken) is null
            ? SyncRefusals.NoSuchConnector(input.Connector.ToString())
            : await _database.InTransactionAsync(transaction => AskAsync(transaction, input, caller, cancellationToken), cancellationToken);
    }

    /// <summary>Approves or refuses one that was asked for.</summary>
    public Task<Result<CheckException>> DecideAsync(CheckExceptionId id, bool approve, string reason, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(id, reason, caller, row => row.State is not ExceptionState.Asked ? ComplianceRefusals.ExceptionNot(row.State) : IsOwn(row, caller) ? ComplianceRefusals.OwnException() : PeopleRules.RefuseService(caller),
            approve ? ExceptionState.Approved : ExceptionState.Denied, cancellationToken);

    /// <summary>Takes one back: what it covers fails again with the next run.</summary>
    public Task<Result<CheckException>> WithdrawAsync(CheckExceptionId id, string reason, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(id, reason, caller, static row => row.State is ExceptionState.Asked or ExceptionState.Approved ? null : ComplianceRefusals.ExceptionNot(row.State), ExceptionState.Withdrawn, cancellationToken);

    /// <summary>Ends those whose end came.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndDueAsync(CancellationToken cancellationToken)
    {
        // Most looks find nothing: they take no lock.
        await using (var session = _database.OpenRead())
        {
            if ((await ExceptionStore.EndingAsync(session, _clock.GetUtcNow(), cancellationToken)).Count == 0)
            {
                return 0;
            }
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                var due = await ExceptionStore.EndingAsync(transaction, _clock.GetUtcNow(), cancellationToken);
                foreach (var row in due)
                {
                    await ExceptionStore.UpdateAsync(transaction, row with { State = ExceptionState.Ended }, cancellationToken);
                    await NoteAsync(transaction, row, "exception-ended", "Its end came.", Actor.System, cancellationToken);
                }

                return due.Count;
            },
            cancellationToken);
    }

    private async Task<Result<CheckException>> AskAsync(Transaction transaction, ExceptionInput input, Caller caller, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"check-exception {input.Connector}", cancellationToken);
        var open = (await ExceptionStore.OfCheckAsync(transaction, input.Connector, input.CheckId, cancellationToken)).Find(row => row.State is ExceptionState.Asked or ExceptionState.Approved
            && (row.ResourceKey is null || (row.ResourceKind == input.Resource?.Kind.ToString() && row.ResourceKey == input.Resource?.Key)));
        if (open is not null)
        {
            return ComplianceRefusals.SameException(open.Id);
        }

        if (await CheckRunStore.FailureAsync(transaction, input.Connector, input.CheckId, input.Resource, cancellationToken) is not { } covered)
        {
            return ComplianceRefusals.NothingFails();
        }

        var row = new CheckExceptionRow
        {
            ConnectorId = input.Connector,
            CheckId = input.CheckId,
            ResourceKind = input.Resource?.Kind.ToString(),
            ResourceKey = input.Resource?.Key,
            ResourceName = input.Resource is null ? null : covered.ResourceName,
            Reason = input.Reason.Trim(),
            State = ExceptionState.Asked,
            AskedAt = _clock.GetUtcNow(),
            AskedBy = caller.Account,
            AskedByActor = caller.Key,
            EndsAt = Conventions.ToStoredPrecision(input.EndsAt),
        };
        row = row with { Id = await ExceptionStore.InsertAsync(transaction, row, cancellationToken) };
        await NoteAsync(transaction, row, "exception-asked", row.Reason, caller.Actor, cancellationToken);
        return row.ToException();
    }

    private async Task<Result<CheckException>> ChangeAsync(
        CheckExceptionId id, string reason, Caller caller, Func<CheckExceptionRow, Refusal?> mayNot, ExceptionState next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (SyncRefusals.BadReason(reason) is { } bad)
        {
            return bad;
        }

        return await _database.InTransactionAsync<Result<CheckException>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"check-exception-decision {id}", cancellationToken);
                if (await ExceptionStore.FindAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return caller.Lacks(Right.ManageCompliance) ?? ComplianceRefusals.NoSuchException(id);
                }

                // Whoever asked may take it back without any other right.
                if (!(next is ExceptionState.Withdrawn && IsOwn(row, caller)) && caller.Lacks(Right.ManageCompliance) is { } refusal)
                {
                    return refusal;
                }

                if (mayNot(row) is { } no)
                {
                    return no;
                }

                var decided = row with { State = next, DecidedAt = _clock.GetUtcNow(), DecidedBy = caller.Account, DecidedByActor = caller.Key, Decision = reason.Trim() };
                await ExceptionStore.UpdateAsync(transaction, decided, cancellationToken);
                await NoteAsync(transaction, decided, $"exception-{Word.Of(next)}", decided.Decision, caller.Actor, cancellationToken);
                return decided.ToException();
            },
            cancellationToken);
    }

    private static bool IsOwn(CheckExceptionRow row, Caller caller) => caller.IsWho(row.AskedByActor, row.AskedBy);

    private Task NoteAsync(Transaction transaction, CheckExceptionRow row, string action, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal)
        {
            ["connector"] = row.ConnectorId.ToString(),
            ["check"] = row.CheckId,
            ["resource"] = row.ResourceKey is { } key ? $"{row.ResourceKind}:{key}" : "all",
            ["endsAt"] = $"{row.EndsAt:O}",
        };
        return _audit.AppendAsync(
            transaction,
            new AuditEvent
            {
                Actor = actor,
                Action = action,
                SubjectKind = "check-exception",
                SubjectId = row.Id.ToString(),
                After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString),
                Reason = reason,
            },
            cancellationToken);
    }
}

/// <summary>One resource of a check.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its key.</param>
public sealed record ResourceName(ResourceKind Kind, string Key);

/// <summary>What somebody wants excepted.</summary>
/// <param name="Connector">For which connector.</param>
/// <param name="CheckId">Which check.</param>
/// <param name="Reason">Why.</param>
/// <param name="EndsAt">Until when.</param>
public sealed record ExceptionInput(ConnectorId Connector, string CheckId, string Reason, DateTimeOffset EndsAt)
{
    /// <summary>The one resource it is for; null for all that fail.</summary>
    public ResourceName? Resource { get; init; }
}
