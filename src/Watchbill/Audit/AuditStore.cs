using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Audit;

/// <summary>The SQL of the audit log. There is no update and no delete here, and the table would refuse them.</summary>
internal static class AuditStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ActorKind), typeof(string));
        builder.Entity<AuditEventRow>().HasIdentityKey(row => row.Id);
    });

    public static Task<long> InsertAsync(Transaction transaction, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        transaction.Connection.InsertWithInt64IdentityAsync(AuditEventRow.Of(auditEvent), token: cancellationToken);

    public static async Task<IReadOnlyList<AuditEvent>> ListAsync(DatabaseSession session, AuditQuery query, CancellationToken cancellationToken)
    {
        var rows = Narrow(session.Connection.GetTable<AuditEventRow>(), query);
        var page = await rows.OrderByDescending(row => row.Id).Take(query.Limit).ToListAsync(cancellationToken);
        return [.. page.Select(static row => row.ToEvent())];
    }

    private static IQueryable<AuditEventRow> Narrow(IQueryable<AuditEventRow> rows, AuditQuery query)
    {
        rows = query.SubjectKind is { } kind ? rows.Where(row => row.SubjectKind == kind) : rows;
        rows = query.SubjectId is { } id ? rows.Where(row => row.SubjectId == id) : rows;
        rows = query.From is { } from ? rows.Where(row => row.At >= from) : rows;
        rows = query.To is { } to ? rows.Where(row => row.At < to) : rows;
        return query.BeforeId is { } before ? rows.Where(row => row.Id < before) : rows;
    }
}

/// <summary>An audit event as a row: the actor is three columns.</summary>
internal sealed class AuditEventRow
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    public ActorKind ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public required string Action { get; init; }

    public required string SubjectKind { get; init; }

    public required string SubjectId { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Reason { get; init; }

    public static AuditEventRow Of(AuditEvent source) => new()
    {
        At = source.At,
        ActorKind = source.Actor.Kind,
        ActorId = source.Actor.Id,
        ActorFrom = source.Actor.From,
        Action = source.Action,
        SubjectKind = source.SubjectKind,
        SubjectId = source.SubjectId,
        Before = source.Before,
        After = source.After,
        Reason = source.Reason,
    };

    public AuditEvent ToEvent() => new()
    {
        Id = Id,
        At = At,
        Actor = new Actor(ActorKind, ActorId, ActorFrom),
        Action = Action,
        SubjectKind = SubjectKind,
        SubjectId = SubjectId,
        Before = Before,
        After = After,
        Reason = Reason,
    };
}
