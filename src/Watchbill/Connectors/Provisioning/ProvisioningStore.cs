using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Intended changes. A running one belongs to the process that holds its lease; every write of it is guarded by that.</summary>
internal sealed class ProvisioningStore(Database database)
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ChangeKind), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ProvisioningState), typeof(string));
        builder.Entity<ProvisioningRow>().HasTableName("provisioning_task").HasIdentityKey(row => row.Id);
    });

    public static async Task<ProvisioningTaskId> InsertAsync(Transaction transaction, ProvisioningRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public async Task<ProvisioningRow?> FindAsync(ProvisioningTaskId id, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<ProvisioningRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>The newest first.</summary>
    /// <param name="connector">Of which connector.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="before">Only older ones than this; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ProvisioningRow>> ListAsync(
        ConnectorId connector, ProvisioningState? state, ProvisioningTaskId? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var rows = connection.GetTable<ProvisioningRow>().Where(row => row.ConnectorId == connector);
        rows = state is { } one ? rows.Where(row => row.State == one) : rows;
        rows = before is { } id ? rows.Where(row => IsBefore(row.Id, id)) : rows;
        return await rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Several at once, for whoever waits for them.</summary>
    public static async Task<IReadOnlyList<ProvisioningRow>> ByIdAsync(Transaction transaction, IReadOnlyList<ProvisioningTaskId> ids, CancellationToken cancellationToken)
    {
        List<ProvisioningRow> found = [];
        foreach (var part in ids.Chunk(500))
        {
            found.AddRange(await transaction.Connection.GetTable<ProvisioningRow>().Where(row => part.Contains(row.Id)).ToListAsync(cancellationToken));
        }

        return found;
    }

    /// <summary>Whether the same change is still to be made.</summary>
    public static async Task<ProvisioningRow?> FindOpenAsync(Transaction transaction, ConnectorId connector, IntendedChange change, CancellationToken cancellationToken)
    {
        var open = await transaction.Connection.GetTable<ProvisioningRow>()
            .Where(row => row.ConnectorId == connector && row.Kind == change.Kind && (row.State == ProvisioningState.Waiting || row.State == ProvisioningState.Running))
            .Where(row => row.Member == change.Member && row.Email == change.Email)
            .ToListAsync(cancellationToken);
        return open.FirstOrDefault(row => row.Change() == change);
    }

    /// <summary>The connectors that have something to change now.</summary>
    public async Task<IReadOnlyList<ConnectorId>> ConnectorsWithDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var rows = connection.GetTable<ProvisioningRow>();
        var due = await rows.Where(row => row.State == ProvisioningState.Waiting && row.DueAt <= now).Select(row => row.ConnectorId).Distinct().ToListAsync(cancellationToken);
        var running = await rows.Where(row => row.State == ProvisioningState.Running).ToListAsync(cancellationToken);
        return [.. due.Except(running.Where(row => !IsLeft(row, now)).Select(static row => row.ConnectorId)).Union(running.Where(row => IsLeft(row, now)).Select(static row => row.ConnectorId))];
    }

    /// <summary>
    /// Takes the change of a connector that a dead process left, or that is longest due. One at a time: a change of a member's role sends the teams that were read just
    /// before, which nobody may change meanwhile.
    /// </summary>
    /// <returns>The change, ours until <paramref name="until"/>; null when nothing is due or another process is at it.</returns>
    public Task<ProvisioningRow?> ClaimAsync(ConnectorId connector, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.InTransactionAsync<ProvisioningRow?>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"provisioning {connector}", cancellationToken);
                var rows = transaction.Connection.GetTable<ProvisioningRow>().Where(row => row.ConnectorId == connector);
                var running = await rows.Where(row => row.State == ProvisioningState.Running).OrderBy(row => row.Id).ToListAsync(cancellationToken);
                if (running.Any(row => !IsLeft(row, now)))
                {
                    return null;
                }

                var next = running.FirstOrDefault() ?? await rows.Where(row => row.State == ProvisioningState.Waiting && row.DueAt <= now)
                    .OrderBy(row => row.DueAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
                if (next is null)
                {
                    return null;
                }

                var claimed = next with { State = ProvisioningState.Running, Attempts = next.Attempts + 1, Owner = owner, LeaseUntil = until };
                await rows.Where(row => row.Id == next.Id)
                    .Set(row => row.State, claimed.State)
                    .Set(row => row.Attempts, claimed.Attempts)
                    .Set(row => row.Owner, claimed.Owner)
                    .Set(row => row.LeaseUntil, claimed.LeaseUntil)
                    .UpdateAsync(cancellationToken);
                return claimed;
            },
            cancellationToken);

    /// <summary>Keeps what Sentry said before anything was sent, if the task is still this process's: what must one day be restored is known even when the process dies at the next line.</summary>
    public async Task<bool> TryNoteBeforeAsync(ProvisioningRow held, TargetState before, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await Held(connection.GetTable<ProvisioningRow>(), held).Set(row => row.StateBefore, before.ToJson()).UpdateAsync(cancellationToken) == 1;
    }

    public async Task<bool> TryRenewAsync(ProvisioningRow held, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await Held(connection.GetTable<ProvisioningRow>(), held).Set(row => row.LeaseUntil, until).UpdateAsync(cancellationToken) == 1;
    }

    /// <summary>Writes what became of a try, if the task is still this process's.</summary>
    public static async Task<bool> TryEndAsync(Transaction transaction, ProvisioningRow ended, CancellationToken cancellationToken) =>
        await Held(transaction.Connection.GetTable<ProvisioningRow>(), ended)
            .Set(row => row.State, ended.State)
            .Set(row => row.DueAt, ended.DueAt)
            .Set(row => row.EndedAt, ended.EndedAt)
            .Set(row => row.ReadBack, ended.ReadBack)
            .Set(row => row.ReadBackAt, ended.ReadBackAt)
            .Set(row => row.Sent, ended.Sent)
            .Set(row => row.FailureCode, ended.FailureCode)
            .Set(row => row.Note, ended.Note)
            .Set(row => row.Owner, (string?)null)
            .Set(row => row.LeaseUntil, (DateTimeOffset?)null)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Moves a task that no process holds.</summary>
    public static async Task<bool> TryMoveAsync(
        Transaction transaction, ProvisioningTaskId id, IReadOnlyList<ProvisioningState> from, ProvisioningState to, DateTimeOffset now, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ProvisioningRow>().Where(row => row.Id == id && from.Contains(row.State))
            .Set(row => row.State, to)
            .Set(row => row.Attempts, 0)
            .Set(row => row.DueAt, now)
            .Set(row => row.EndedAt, to == ProvisioningState.Withdrawn ? now : (DateTimeOffset?)null)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Takes back what is still to be made in an organization that nobody looks after any more.</summary>
    public static Task WithdrawAllAsync(Transaction transaction, ConnectorId connector, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ProvisioningRow>()
            .Where(row => row.ConnectorId == connector && row.State != ProvisioningState.Proven && row.State != ProvisioningState.Withdrawn)
            .Set(row => row.State, ProvisioningState.Withdrawn)
            .Set(row => row.EndedAt, now)
            .Set(row => row.Note, "The source was removed.")
            .UpdateAsync(cancellationToken);

    private static bool IsLeft(ProvisioningRow row, DateTimeOffset now) => ProcessName.HasLeft(row.Owner!, row.LeaseUntil ?? now, now);

    private static IQueryable<ProvisioningRow> Held(IQueryable<ProvisioningRow> rows, ProvisioningRow held) =>
        rows.Where(row => row.Id == held.Id && row.State == ProvisioningState.Running && row.Owner == held.Owner && row.Attempts == held.Attempts);

    [Sql.Expression("{0} < {1}", IsPredicate = true, ServerSideOnly = true)]
    private static bool IsBefore(ProvisioningTaskId one, ProvisioningTaskId other) => throw new InvalidOperationException("Only the database compares.");
}

/// <summary>A row of the table of intended changes.</summary>
internal sealed record ProvisioningRow
{
    public ProvisioningTaskId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public ChangeKind Kind { get; init; }

    public string? Member { get; init; }

    public string? Team { get; init; }

    public string? Project { get; init; }

    public string? Role { get; init; }

    public string? Email { get; init; }

    public string? FromRole { get; init; }

    public required string Reason { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public ProvisioningState State { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public int Attempts { get; init; }

    public string? StateBefore { get; init; }

    public string? ReadBack { get; init; }

    public DateTimeOffset? ReadBackAt { get; init; }

    public string? Sent { get; init; }

    public string? FailureCode { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The process that makes it; null while nobody does.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>A change that is to be made now.</summary>
    public static ProvisioningRow Of(ConnectorId connector, IntendedChange change, string reason, Actor actor, DateTimeOffset now) => new()
    {
        ConnectorId = connector,
        Kind = change.Kind,
        Member = change.Member,
        Team = change.Team,
        Project = change.Project,
        Role = change.Role,
        Email = change.Email,
        FromRole = change.From,
        Reason = reason,
        ActorKind = actor.Kind.ToString(),
        ActorId = actor.Id,
        ActorFrom = actor.From,
        State = ProvisioningState.Waiting,
        RequestedAt = now,
        DueAt = now,
    };

    public IntendedChange Change() => new(Kind) { Member = Member, Team = Team, Project = Project, Role = Role, Email = Email, From = FromRole };

    public ProvisioningTask ToTask() => new()
    {
        Id = Id,
        ConnectorId = ConnectorId,
        Change = Change(),
        Reason = Reason,
        Actor = new Actor(Enum.Parse<ActorKind>(ActorKind), ActorId, ActorFrom),
        State = State,
        RequestedAt = RequestedAt,
        DueAt = DueAt,
        Attempts = Attempts,
        Before = TargetState.FromJson(StateBefore),
        ReadBack = TargetState.FromJson(ReadBack),
        ReadBackAt = ReadBackAt,
        Sent = Sent,
        FailureCode = FailureCode,
        Note = Note,
        EndedAt = EndedAt,
    };
}
