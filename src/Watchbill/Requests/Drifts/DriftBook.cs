using System.Text.Json.Nodes;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Requests.Drifts;

/// <summary>Writes drifts down, with whoever Sentry's audit log names, and tells of them.</summary>
internal sealed class DriftBook(RequestDesk desk)
{
    private const string Page = "/requests/drift";

    /// <summary>Writes down what was found; loud, but for access that is less than what was granted.</summary>
    public async Task<DriftRow> OpenAsync(Transaction transaction, GrantRow grant, DriftKind kind, string? role, CancellationToken cancellationToken)
    {
        if (await DriftStore.FindOpenAsync(transaction, grant.Id, cancellationToken) is { } open)
        {
            if (kind is not DriftKind.RemovedOutside)
            {
                // It was found while the grant counted, and the end found it again: one thing to decide, not two.
                await FollowAsync(transaction, open, grant, role, cancellationToken);
                return open;
            }

            await EndAsync(transaction, open with { State = DriftState.Gone }, Actor.System, cancellationToken);
        }

        var cause = await CauseAsync(transaction, grant, cancellationToken);
        var row = new DriftRow
        {
            ConnectorId = grant.ConnectorId,
            GrantId = grant.Id,
            Kind = kind,
            State = kind is DriftKind.RemovedOutside ? DriftState.Gone : DriftState.Open,
            FoundRole = role,
            FoundAt = desk.Now,
            LoggedActor = cause?.Actor,
            LoggedAt = cause?.At,
        };
        row = row with { Id = await DriftStore.InsertAsync(transaction, row, cancellationToken) };
        await NoteAsync(transaction, row, "found", Actor.System, cancellationToken);
        var request = (await RequestStore.ByIdAsync(transaction, [grant.RequestId], cancellationToken))[0];
        var by = row.LoggedActor is { } actor ? $"Sentry's audit log names {actor}." : "Sentry's audit log does not tell who did it.";
        if (kind is DriftKind.RemovedOutside)
        {
            await desk.TellAsync(
                transaction, [grant.AccountId],
                new OwnerMessage(default, "access-given", "Your access was taken away in Sentry", [$"{RequestGate.What(request)}. {by}", "The grant ended with it; ask again if you still need it."], $"/requests/{grant.RequestId}"),
                cancellationToken);
            return row;
        }

        var message = kind is DriftKind.CameBack
            ? new OwnerMessage(default, "access-drifted", "Access that had ended is there again", [$"{RequestGate.What(request)}, taken back on {grant.RevokedAt:yyyy-MM-dd HH:mm} UTC. {by}", "Say whether it may stay, and until when, or remove it."], Page)
            : new OwnerMessage(default, "access-drifted", "Temporary access was changed in Sentry", [$"{RequestGate.What(request)}: Sentry shows the role {role}. {by}", "Say whether it may stay, or have it put back."], Page);
        await desk.AlarmAsync(transaction, grant.ConnectorId, message, cancellationToken);
        return row;
    }

    /// <summary>Sentry shows another role by now, or its audit log tells by now who it was.</summary>
    public static async Task FollowAsync(Transaction transaction, DriftRow row, GrantRow grant, string? role, CancellationToken cancellationToken)
    {
        var cause = row.LoggedActor is null || row.FoundRole != role ? await CauseAsync(transaction, grant, cancellationToken) : null;
        if (row.FoundRole != role || cause is not null)
        {
            await DriftStore.UpdateAsync(transaction, row with { FoundRole = role, LoggedActor = cause?.Actor ?? row.LoggedActor, LoggedAt = cause?.At ?? row.LoggedAt }, cancellationToken);
        }
    }

    /// <summary>Writes what became of it.</summary>
    public async Task<DriftRow> EndAsync(Transaction transaction, DriftRow row, Actor actor, CancellationToken cancellationToken)
    {
        await DriftStore.UpdateAsync(transaction, row, cancellationToken);
        await NoteAsync(transaction, row, Word.Of(row.State), actor, cancellationToken);
        return row;
    }

    private Task NoteAsync(Transaction transaction, DriftRow row, string action, Actor actor, CancellationToken cancellationToken) => desk.NoteAsync(
        transaction,
        new AuditEvent
        {
            Actor = actor,
            Action = $"drift-{action}",
            SubjectKind = "access-drift",
            SubjectId = row.Id.ToString(),
            After = new JsonObject
            {
                ["connector"] = row.ConnectorId.Value,
                ["grant"] = row.GrantId.Value,
                ["kind"] = Word.Of(row.Kind),
                ["state"] = Word.Of(row.State),
                ["role"] = row.FoundRole ?? "none",
                ["by"] = row.LoggedActor,
            }.ToJsonString(),
            Reason = row.Reason,
        },
        cancellationToken);

    /// <summary>The newest line of Sentry's audit log about the place, of the time since the grant was proven or taken back; null for none.</summary>
    private static async Task<LoggedEvent?> CauseAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        var (kind, key) = grant.Team is { } team ? (FactKind.TeamMembership, TeamMembershipFact.KeyOf(team, grant.Member)) : (FactKind.Member, grant.Member);
        var since = (grant.RevokedAt ?? grant.ProvenAt ?? grant.StartsAt) - CauseFinder.Slack;
        var causes = await LoggedStore.CausesAsync(transaction, grant.ConnectorId, kind, [key], cancellationToken);
        return causes.Select(static cause => cause.Event).Where(line => line.At > since).MaxBy(static line => (line.At, line.EntryId));
    }
}
