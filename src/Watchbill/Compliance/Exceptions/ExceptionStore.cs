using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Exceptions;

/// <summary>The SQL of exceptions.</summary>
internal static class ExceptionStore
{
    /// <summary>Those that are approved, ended ones included.</summary>
    public static async Task<IReadOnlyList<CheckException>> ApprovedAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        [.. (await Rows(session).Where(row => row.ConnectorId == connector && row.State == ExceptionState.Approved).OrderBy(row => row.Id).ToListAsync(cancellationToken)).Select(static row => row.ToException())];

    public static Task<CheckExceptionRow?> FindAsync(DatabaseSession session, CheckExceptionId id, CancellationToken cancellationToken) =>
        Rows(session).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Those that wait or cover something, of one connector or of all; with those that are over when wanted.</summary>
    public static Task<List<CheckExceptionRow>> ListAsync(DatabaseSession session, ConnectorId? connector, bool all, int limit, CancellationToken cancellationToken)
    {
        var rows = Rows(session);
        rows = connector is { } one ? rows.Where(row => row.ConnectorId == one) : rows;
        rows = all ? rows : rows.Where(row => row.State == ExceptionState.Asked || row.State == ExceptionState.Approved);
        return InOrder(rows).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>All of one check, in the same order.</summary>
    public static Task<List<CheckExceptionRow>> OfCheckAsync(DatabaseSession session, ConnectorId connector, string check, CancellationToken cancellationToken) =>
        InOrder(Rows(session).Where(row => row.ConnectorId == connector && row.CheckId == check)).ToListAsync(cancellationToken);

    /// <summary>Approved ones that run out before an instant.</summary>
    public static Task<List<CheckExceptionRow>> EndingAsync(DatabaseSession session, DateTimeOffset before, CancellationToken cancellationToken) =>
        Rows(session).Where(row => row.State == ExceptionState.Approved && row.EndsAt <= before).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static async Task<CheckExceptionId> InsertAsync(Transaction transaction, CheckExceptionRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task UpdateAsync(Transaction transaction, CheckExceptionRow row, CancellationToken cancellationToken) => transaction.Connection.UpdateAsync(row, token: cancellationToken);

    private static IQueryable<CheckExceptionRow> InOrder(IQueryable<CheckExceptionRow> rows) =>
        rows.OrderBy(row => row.State == ExceptionState.Asked ? 0 : row.State == ExceptionState.Approved ? 1 : 2).ThenBy(row => row.EndsAt);

    private static IQueryable<CheckExceptionRow> Rows(DatabaseSession session) => session.Connection.GetTable<CheckExceptionRow>();
}

/// <summary>A row of the exceptions' table.</summary>
internal sealed record CheckExceptionRow
{
    public CheckExceptionId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public required string CheckId { get; init; }

    /// <summary>Null for every resource; then the key and the name are null too.</summary>
    public string? ResourceKind { get; init; }

    public string? ResourceKey { get; init; }

    public string? ResourceName { get; init; }

    public required string Reason { get; init; }

    public ExceptionState State { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public AccountId? AskedBy { get; init; }

    /// <summary>Whoever asked, as the audit log names them: the command line has no account.</summary>
    public required string AskedByActor { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public AccountId? DecidedBy { get; init; }

    public string? DecidedByActor { get; init; }

    public string? Decision { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public CheckException ToException() => new()
    {
        Id = Id,
        Connector = ConnectorId,
        CheckId = CheckId,
        Resource = ResourceKind is { } kind ? new CheckResource(Enum.Parse<ResourceKind>(kind), ResourceKey!, ResourceName!) : null,
        Reason = Reason,
        State = State,
        AskedAt = AskedAt,
        AskedBy = AskedBy,
        EndsAt = EndsAt,
        DecidedAt = DecidedAt,
        DecidedBy = DecidedBy,
        Decision = Decision,
    };
}
