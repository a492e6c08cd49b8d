using System.Globalization;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State.Auditing;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The audit log: newest first, an object with rows although it is paged, and open to <c>org:write</c> only.</summary>
internal static class AuditRoutes
{
    public static IEnumerable<Route> All => [Route.Get("O/audit-logs/", "org:write", List) with { Silo = Silo.Control }];

    private static Answer List(Call call)
    {
        var name = call.Query["event"].ToString();
        var actorText = call.Query["actor"].ToString();
        if (actorText.Length > 0 && !long.TryParse(actorText, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        {
            return Refusals.Invalid("actor", "A valid integer is required.");
        }

        var (start, end, badRange) = TimeRange.Read(call);
        if (badRange is not null)
        {
            return badRange;
        }

        long? actor = actorText.Length > 0 ? long.Parse(actorText, CultureInfo.InvariantCulture) : null;
        var (rows, link, refusal) = Keyset.Page(
            call,
            from => Entries(call, from, end)
                .TakeWhile(entry => start is null || entry.Head.Time >= start)
                .Where(entry => (name.Length == 0 || entry.Head.Event == name) && (actor is null || entry.Head.ActorId == actor)),
            entry => Keyset.Milliseconds(entry.Head.Time));
        return refusal ?? Answer.Json(200, writer => Write(writer, rows, call)).With("Link", link);
    }

    /// <summary>Rows whose key is not above <paramref name="from"/>; keys are milliseconds rounded up.</summary>
    private static IEnumerable<AuditEntry> Entries(Call call, double? from, DateTimeOffset? end)
    {
        var until = from is { } key ? DateTimeOffset.UnixEpoch.AddMilliseconds(key) : DateTimeOffset.MaxValue;
        return call.Organization.Audit.Entries(end < until ? end.Value : until);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<AuditEntry> rows, Call call)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("rows"u8);
        foreach (var entry in rows)
        {
            AuditJson.Write(writer, entry.Row(), call.World);
        }

        writer.WriteEndArray();
        writer.WriteTexts("options"u8, AuditEvents.Names);
        writer.WriteEndObject();
    }
}
