using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Runs and their logs. A run belongs to the process that holds its lease; every write of it is guarded by that.</summary>
internal sealed class SyncRunStore(Database database)
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(SyncRunState), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ScopeOutcome), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(SyncMode), typeof(string));
        builder.Entity<SyncRunRow>().HasIdentityKey(row => row.Id);
        builder.Entity<SyncScopeRow>().HasPrimaryKey(row => new { row.RunId, row.Scope });
    });

    public async Task<SyncRunRow?> RunningAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        (await transaction.ReadWholeAsync<SyncRunRow>(
            "SELECT * FROM sync_run WHERE connector_id = @connector AND state = @running",
            [("connector", connector.Value), ("running", nameof(SyncRunState.Running))],
            cancellationToken)).FirstOrDefault();

    public async Task<SyncRunId> InsertAsync(Transaction transaction, SyncRunRow row, CancellationToken cancellationToken) =>
        new(await transaction.InsertWholeAsync("sync_run", row, cancellationToken));

    /// <summary>Takes a run away from a process that is gone.</summary>
    /// <returns>Whether it was still that process's; false when somebody else took it or it ended.</returns>
    public async Task<bool> TryInterruptAsync(Transaction transaction, SyncRunRow run, DateTimeOffset now, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<SyncRunRow>()
            .Where(row => row.Id == run.Id && row.State == SyncRunState.Running && row.Owner == run.Owner && row.LeaseUntil == run.LeaseUntil)
            .Set(row => row.State, SyncRunState.Interrupted)
            .Set(row => row.Reason, "Its process ended before the run did.")
            .Set(row => row.FinishedAt, now)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>The last run, when it was interrupted not longer ago than <paramref name="notBefore"/>; null otherwise.</summary>
    public async Task<SyncRunId?> LastInterruptedAsync(
        Transaction transaction, ConnectorId connector, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        var last = (await transaction.ReadWholeAsync<SyncRunRow>(
            "SELECT * FROM sync_run WHERE connector_id = @connector ORDER BY id DESC LIMIT 1", [("connector", connector.Value)], cancellationToken)).FirstOrDefault();
        return last is { State: SyncRunState.Interrupted } && last.StartedAt >= notBefore ? last.Id : null;
    }

    /// <summary>Prolongs the lease.</summary>
    /// <returns>False when the run is no longer this process's: stop at once.</returns>
    public async Task<bool> TryRenewAsync(Lease lease, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await Mine(connection, lease).Set(row => row.LeaseUntil, until).UpdateAsync(cancellationToken) == 1;
    }

    /// <summary>Ends the run, if it is still this process's.</summary>
    public async Task<bool> TryFinishAsync(Transaction transaction, Lease lease, SyncRun result, CancellationToken cancellationToken) =>
        await Mine(transaction.Connection, lease)
            .Set(row => row.State, result.State)
            .Set(row => row.Reason, result.Reason)
            .Set(row => row.FinishedAt, result.FinishedAt)
            .Set(row => row.Requests, result.Requests)
            .Set(row => row.PredictedRequests, result.PredictedRequests)
            .Set(row => row.Rows, result.Rows)
            .Set(row => row.Retries, result.Retries)
            .Set(row => row.RateLimited, result.RateLimited)
            .Set(row => row.ClockSkewMs, (long?)result.ClockSkew?.TotalMilliseconds)
            .Set(row => row.Opened, result.Opened)
            .Set(row => row.Closed, result.Closed)
            .Set(row => row.Unlogged, result.Unlogged)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>When the last full run began that applied what it read; null when there was none.</summary>
    public Task<DateTimeOffset?> LastFullAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        LastFullAsync(transaction.Connection, connector, cancellationToken);

    /// <summary>When the last full run began that applied what it read, and the last of all runs; null when there was none.</summary>
    public async Task<(DateTimeOffset? Full, DateTimeOffset? Any)> LastAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return (
            await LastFullAsync(connection, connector, cancellationToken),
            await connection.GetTable<SyncRunRow>().Where(row => row.ConnectorId == connector).MaxAsync(row => (DateTimeOffset?)row.StartedAt, cancellationToken));
    }

    /// <summary>Ends a held run by a person's decision, if nobody decided before.</summary>
    public async Task<bool> TryDecideAsync(Transaction transaction, SyncRunId run, SyncRun decided, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<SyncRunRow>()
            .Where(row => row.Id == run && row.State == SyncRunState.NeedsConfirmation)
            .Set(row => row.State, decided.State)
            .Set(row => row.Reason, decided.Reason)
            .Set(row => row.FinishedAt, decided.FinishedAt)
            .Set(row => row.Opened, decided.Opened)
            .Set(row => row.Closed, decided.Closed)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Whether a run has read anything of the organization, or is reading now.</summary>
    public Task<bool> HasReadAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SyncRunRow>()
            .AnyAsync(row => row.ConnectorId == connector && (row.State == SyncRunState.Running || row.Rows > 0), cancellationToken);

    /// <summary>Says how far the run is, if it is still this process's.</summary>
    public async Task TellProgressAsync(Lease lease, SyncProgress progress, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        await Mine(connection, lease)
            .Set(row => row.Phase, progress.Phase)
            .Set(row => row.PhaseScope, progress.Scope)
            .Set(row => row.Requests, progress.DoneRequests)
            .Set(row => row.PredictedRequests, progress.PredictedRequests)
            .Set(row => row.Rows, progress.Rows)
            .UpdateAsync(cancellationToken);
    }

    public async Task ReplaceScopesAsync(Transaction transaction, SyncRunId run, IReadOnlyList<SyncScope> scopes, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<SyncScopeRow>().DeleteAsync(row => row.RunId == run, cancellationToken);
        await transaction.InsertAllAsync(scopes.Select(scope => SyncScopeRow.From(run, scope)), cancellationToken);
    }

    public Task<SyncRunRow?> FindAsync(Transaction transaction, SyncRunId id, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SyncRunRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Runs that have not ended, of all connectors.</summary>
    public async Task<IReadOnlyList<SyncRunRow>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRunRow>().Where(row => row.State == SyncRunState.Running).ToListAsync(cancellationToken);
    }

    /// <summary>The latest run of each connector.</summary>
    public async Task<IReadOnlyList<SyncRunRow>> LatestAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var runs = connection.GetTable<SyncRunRow>();
        var latest = runs.GroupBy(row => row.ConnectorId).Select(group => group.Max(row => row.Id));
        return await runs.Where(row => latest.Contains(row.Id)).ToListAsync(cancellationToken);
    }

    public async Task<SyncRunRow?> FindAsync(SyncRunId id, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRunRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    public async Task<IReadOnlyList<SyncRunRow>> ListAsync(ConnectorId connector, SyncRunId? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var runs = connection.GetTable<SyncRunRow>().Where(row => row.ConnectorId == connector);
        return await (before is { } id ? runs.Where(row => IsBefore(row.Id, id)) : runs)
            .OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);
    }

    [Sql.Expression("{0} < {1}", IsPredicate = true, ServerSideOnly = true)]
    private static bool IsBefore(SyncRunId run, SyncRunId other) => throw new InvalidOperationException("Only the database compares.");

    public async Task<IReadOnlyList<SyncScopeRow>> ScopesAsync(SyncRunId run, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncScopeRow>().Where(row => row.RunId == run).OrderBy(row => row.Scope).ToListAsync(cancellationToken);
    }

    /// <summary>The last full run that began before an instant and applied what it read; null when there was none.</summary>
    public static async Task<SyncRunId?> LastFullBeforeAsync(Transaction transaction, ConnectorId connector, DateTimeOffset before, CancellationToken cancellationToken) =>
        await Applied(transaction.Connection, connector).Where(row => row.StartedAt < before).OrderByDescending(row => row.Id).Select(row => (SyncRunId?)row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The first runs before another one whose logs are there, in their order.</summary>
    public static async Task<IReadOnlyList<SyncRunId>> WithLogBeforeAsync(Transaction transaction, ConnectorId connector, SyncRunId before, int limit, CancellationToken cancellationToken)
    {
        var scopes = transaction.Connection.GetTable<SyncScopeRow>();
        return await transaction.Connection.GetTable<SyncRunRow>()
            .Where(row => row.ConnectorId == connector && IsBefore(row.Id, before) && row.State != SyncRunState.NeedsConfirmation && scopes.Any(scope => scope.RunId == row.Id))
            .OrderBy(row => row.Id).Select(row => row.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <returns>How many lines.</returns>
    public static Task<int> DeleteLogsAsync(Transaction transaction, IReadOnlyList<SyncRunId> runs, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SyncScopeRow>().Where(row => runs.Contains(row.RunId)).DeleteAsync(cancellationToken);

    public async Task DeleteAllAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken)
    {
        var runs = transaction.Connection.GetTable<SyncRunRow>().Where(row => row.ConnectorId == connector);
        await transaction.Connection.GetTable<SyncScopeRow>().Where(scope => runs.Any(run => run.Id == scope.RunId)).DeleteAsync(cancellationToken);
        await runs.DeleteAsync(cancellationToken);
    }

    private static Task<DateTimeOffset?> LastFullAsync(DataConnection connection, ConnectorId connector, CancellationToken cancellationToken) =>
        Applied(connection, connector).MaxAsync(row => (DateTimeOffset?)row.StartedAt, cancellationToken);

    /// <summary>Full runs that applied what they read.</summary>
    private static IQueryable<SyncRunRow> Applied(DataConnection connection, ConnectorId connector) => connection.GetTable<SyncRunRow>()
        .Where(row => row.ConnectorId == connector && row.Mode == SyncMode.Full && (row.State == SyncRunState.Succeeded || row.State == SyncRunState.Degraded));

    private static IQueryable<SyncRunRow> Mine(DataConnection connection, Lease lease) =>
        connection.GetTable<SyncRunRow>().Where(row => row.Id == lease.Run && row.Owner == lease.Owner && row.State == SyncRunState.Running);
}

/// <summary>The right of one process to write one run.</summary>
internal sealed record Lease(SyncRunId Run, string Owner);

/// <summary>A row of the runs' table.</summary>
internal sealed record SyncRunRow
{
    public SyncRunId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public SyncRunState State { get; init; }

    public SyncMode Mode { get; init; }

    public int? Unlogged { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required string Owner { get; init; }

    public DateTimeOffset LeaseUntil { get; init; }

    public int Requests { get; init; }

    public int? PredictedRequests { get; init; }

    public long Rows { get; init; }

    public int Retries { get; init; }

    public int RateLimited { get; init; }

    /// <inheritdoc cref="SyncRun.ClockSkew"/>
    public long? ClockSkewMs { get; init; }

    public int Opened { get; init; }

    public int Closed { get; init; }

    /// <summary>What it does now, in words; null before its first second and after its end.</summary>
    public string? Phase { get; init; }

    /// <summary>The scope that moved last.</summary>
    public string? PhaseScope { get; init; }

    /// <summary>In which state the connector was, to return to when the run is stopped; null for runs of older versions.</summary>
    public string? StateBefore { get; init; }

    /// <summary>Why it was in that state.</summary>
    public string? ReasonBefore { get; init; }

    public SyncRun ToSyncRun() => new()
    {
        Id = Id,
        ConnectorId = ConnectorId,
        State = State,
        Mode = Mode,
        Unlogged = Unlogged,
        Reason = Reason,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        Requests = Requests,
        PredictedRequests = PredictedRequests,
        Rows = Rows,
        Retries = Retries,
        RateLimited = RateLimited,
        ClockSkew = ClockSkewMs is { } skew ? TimeSpan.FromMilliseconds(skew) : null,
        Opened = Opened,
        Closed = Closed,
        Phase = State is SyncRunState.Running ? Phase : null,
        PhaseScope = State is SyncRunState.Running ? PhaseScope : null,
    };
}

/// <summary>A row of the runs' log.</summary>
internal sealed class SyncScopeRow
{
    public SyncRunId RunId { get; init; }

    public required string Scope { get; init; }

    public ScopeOutcome Outcome { get; init; }

    public DateTimeOffset ReadAt { get; init; }

    /// <summary>Microseconds.</summary>
    public long Duration { get; init; }

    /// <summary>As wide as the column: a bulk copy sends it as it is.</summary>
    public long Requests { get; init; }

    /// <inheritdoc cref="Requests"/>
    public long Rows { get; init; }

    public string? FailureCode { get; init; }

    public string? Note { get; init; }

    public static SyncScopeRow From(SyncRunId run, SyncScope scope) => new()
    {
        RunId = run,
        Scope = scope.Scope,
        Outcome = scope.Outcome,
        ReadAt = scope.ReadAt,
        Duration = (long)scope.Duration.TotalMicroseconds,
        Requests = scope.Requests,
        Rows = scope.Rows,
        FailureCode = scope.FailureCode,
        Note = scope.Note,
    };

    public SyncScope ToSyncScope() => new()
    {
        Scope = Scope,
        Outcome = Outcome,
        ReadAt = ReadAt,
        Duration = TimeSpan.FromMicroseconds(Duration),
        Requests = (int)Requests,
        Rows = (int)Rows,
        FailureCode = FailureCode,
        Note = Note,
    };
}
