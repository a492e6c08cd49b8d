using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Operations.AuditExport;

/// <summary>An audit event, and where it is in the evidence log.</summary>
/// <param name="Index">The number of its entry, from 0 on, without gaps.</param>
/// <param name="Event">What was done.</param>
public sealed record SealedEvent(long Index, AuditEvent Event);

/// <summary>In which form events are written.</summary>
public enum AuditForm
{
    /// <summary>The Open Cybersecurity Schema Framework.</summary>
    Ocsf,

    /// <summary>The fields of Watchbill's own events.</summary>
    Plain,
}

/// <summary>
/// Audit events in the order of the evidence log, from any place on: whoever keeps the number of the last one misses none and gets none twice. Positions in the audit log itself may become visible out
/// of order; sealed entries do not.
/// </summary>
public sealed class AuditFeed
{
    /// <summary>The most events of one part.</summary>
    public const int MostAtOnce = 1000;

    private readonly Database _database;

    internal AuditFeed(Database database) => _database = database;

    /// <summary>Events from an entry on. Needs the right to read the audit log.</summary>
    /// <param name="from">The number of the first entry.</param>
    /// <param name="limit">The most events, 1 to <see cref="MostAtOnce"/>.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyList<SealedEvent>>> ReadAsync(long from, int limit, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of<IReadOnlyList<SealedEvent>>(await ForwardStore.EventsAsync(session, Math.Max(0, from), Math.Clamp(limit, 1, MostAtOnce), cancellationToken));
    }

    /// <summary>An event as one line of JSON.</summary>
    public static string Line(SealedEvent entry, AuditForm form)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (form is AuditForm.Ocsf ? OcsfEvent.Of(entry) : Plain(entry)).ToJsonString(JsonSerializerOptions.Web);
    }

    private static JsonObject Plain(SealedEvent entry) => new()
    {
        ["logIndex"] = entry.Index,
        ["id"] = entry.Event.Id,
        ["at"] = entry.Event.At,
        ["actorKind"] = Word.Of(entry.Event.Actor.Kind),
        ["actorId"] = entry.Event.Actor.Id,
        ["from"] = entry.Event.Actor.From,
        ["action"] = entry.Event.Action,
        ["subjectKind"] = entry.Event.SubjectKind,
        ["subjectId"] = entry.Event.SubjectId,
        ["before"] = OcsfEvent.Parsed(entry.Event.Before),
        ["after"] = OcsfEvent.Parsed(entry.Event.After),
        ["reason"] = entry.Event.Reason,
    };
}
