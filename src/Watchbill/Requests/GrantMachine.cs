using Watchbill.Access.Explore;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Requests.Drifts;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>
/// Gives what was granted and takes it back, one change in Sentry after the other: each next step is written in the transaction that proves the one before, so a process
/// can die at any line. What a place was before the first of overlapping grants is handed on from one to the next, and is what the last of them restores. Every method
/// needs the lock of the organization's changes.
/// </summary>
internal sealed class GrantMachine(OrganizationPictures pictures, DriftBook drifts, RequestDesk desk) : IChangeFollower
{
    private static readonly ProvisioningState[] Withdrawable = [ProvisioningState.Waiting, ProvisioningState.Escalated];
    private static readonly string ChangedMeanwhile = ProvisioningRefusals.ChangedMeanwhile("", "").Code;

    /// <summary>Begins to give it.</summary>
    public async Task<GrantRow> StartAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        var roles = await RolesAsync(grant.ConnectorId, cancellationToken);
        var beside = await GrantStore.BesideAsync(transaction, grant, cancellationToken);
        await TakeOverAsync(transaction, grant, beside, cancellationToken);

        // What was to be taken back, and is not now, is this grant's to take back: also when it ends before it was given.
        var left = roles.Highest(grant.Kind, beside.Where(static other => other.State is GrantState.Ended).Select(static other => other.HeldRole));
        var started = Inherit(grant with { State = GrantState.Active, Provisioning = GrantProvisioning.Granting, HeldRole = left }, beside);
        if (grant.Kind is AccessKind.TeamMembership)
        {
            return await ChangeAsync(transaction, started, new IntendedChange(ChangeKind.JoinTeam) { Member = grant.Member, Team = grant.Team }, cancellationToken);
        }

        // A higher role is never lowered: asking for the one that is there proves it, and changes nothing.
        var now = roles.Highest(grant.Kind, beside.Select(static other => other.HeldRole).Append(roles.Held(grant.Member, new AccessTarget(grant.Kind, grant.Team, grant.Role))));
        var role = roles.Rank(grant.Kind, now) >= roles.Rank(grant.Kind, grant.Role) ? now! : grant.Role;
        return await ChangeAsync(transaction, started, new IntendedChange(ChangeKind.ChangeOrgRole) { Member = grant.Member, Role = role, From = now }, cancellationToken);
    }

    /// <summary>Ends it, and begins to restore what was before.</summary>
    /// <returns>The grant; null when a change for it, or beside it, is being made at this moment: it can be ended right after.</returns>
    public async Task<GrantRow?> EndAsync(Transaction transaction, GrantRow grant, (GrantEnding How, string? Why) ending, CancellationToken cancellationToken)
    {
        var ended = grant with { State = GrantState.Ended, Ending = ending.How, EndedWhy = ending.Why, EndedAt = desk.Now };
        if (grant.State is GrantState.Scheduled)
        {
            return await WriteAsync(transaction, ended, cancellationToken);
        }

        var beside = await GrantStore.BesideAsync(transaction, grant, cancellationToken);
        if (!await TakeOverAsync(transaction, grant, beside, cancellationToken))
        {
            return null;
        }

        if (grant.Provisioning is not GrantProvisioning.Granted)
        {
            var task = await TaskAsync(transaction, grant, cancellationToken);
            if (task is { State: ProvisioningState.Running })
            {
                return null;
            }

            if (task is not null && task.State is not ProvisioningState.Proven)
            {
                await ProvisioningStore.TryMoveAsync(transaction, task.Id, Withdrawable, ProvisioningState.Withdrawn, desk.Now, cancellationToken);
            }

            if (task is null || (task.Sent is null && task.Kind is not ChangeKind.ChangeTeamRole))
            {
                return grant.HeldRole is null
                    ? await WriteAsync(transaction, Gone(ended, "It had not been given."), cancellationToken)
                    : await RestoreAsync(transaction, ended, beside, cancellationToken);
            }

            // Something was sent, and nobody knows what came of it: what was before is restored, whatever is there.
            ended = ended.BeforeKnown ? ended : ended with { BeforeKnown = true, BeforeRole = PlaceRoles.In(grant.Kind, TargetState.FromJson(task.StateBefore)) };
            return await RestoreAsync(transaction, ended with { HeldRole = null }, beside, cancellationToken);
        }

        return await RestoreAsync(transaction, ended, beside, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task TriedAsync(Transaction transaction, ProvisioningTask task, CancellationToken cancellationToken)
    {
        if (await GrantStore.FindByTaskAsync(transaction, task.Id, cancellationToken) is not { } grant)
        {
            return;
        }

        if (grant.State is GrantState.Active)
        {
            await GivenAsync(transaction, grant, task, cancellationToken);
        }
        else
        {
            await TakenAsync(transaction, grant, task, cancellationToken);
        }
    }

    /// <summary>Tries to take back again what could not be taken back.</summary>
    public async Task RetryAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        var task = await TaskAsync(transaction, grant, cancellationToken);
        if (task is null || !await ProvisioningStore.TryMoveAsync(transaction, task.Id, [ProvisioningState.Escalated], ProvisioningState.Waiting, desk.Now, cancellationToken))
        {
            // Somebody withdrew the change: the access must go all the same.
            await RestoreAsync(transaction, grant with { HeldRole = null }, await GrantStore.BesideAsync(transaction, grant, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Ends a grant of which nothing is there any more: somebody took it away beside it.</summary>
    public Task LostAsync(Transaction transaction, GrantRow grant, string why, CancellationToken cancellationToken) =>
        EndedAsync(transaction, Gone(grant, why) with { State = GrantState.Ended, Ending = GrantEnding.Superseded, EndedAt = desk.Now }, cancellationToken);

    /// <summary>Takes what Sentry shows for what was granted, by all grants of the place: the last of them to end restores what was before.</summary>
    public async Task AdoptAsync(Transaction transaction, GrantRow grant, string shown, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var roles = await RolesAsync(grant.ConnectorId, cancellationToken);
        foreach (var other in (await GrantStore.BesideAsync(transaction, grant, cancellationToken)).Where(static other => other is { State: GrantState.Active, HeldRole: not null }))
        {
            await WriteAsync(transaction, other with { Role = roles.Rank(grant.Kind, shown) < roles.Rank(grant.Kind, other.Role) ? shown : other.Role, HeldRole = shown }, cancellationToken);
        }

        await WriteAsync(transaction, grant with { Role = shown, HeldRole = shown, EndsAt = until ?? grant.EndsAt, WarnedAt = null }, cancellationToken);
    }

    /// <summary>Makes again of what Sentry shows what was granted or, of a grant that has ended, what was before it.</summary>
    public async Task PutBackAsync(Transaction transaction, GrantRow grant, string? shown, CancellationToken cancellationToken)
    {
        var beside = await GrantStore.BesideAsync(transaction, grant, cancellationToken);
        if (grant.State is GrantState.Ended)
        {
            await RestoreAsync(transaction, grant with { HeldRole = shown, RevokedAt = null, Note = null }, beside, cancellationToken);
            return;
        }

        var roles = await RolesAsync(grant.ConnectorId, cancellationToken);
        var change = RoleChange(grant, Wanted(roles, grant, beside), shown);
        await ChangeAsync(transaction, grant with { Provisioning = GrantProvisioning.Granting, HeldRole = shown }, change, cancellationToken);
    }

    /// <summary>Restores what was before, unless something else gives the same. Where the role that Sentry shows is not known, whatever is there is changed.</summary>
    private async Task<GrantRow> RestoreAsync(Transaction transaction, GrantRow ended, IReadOnlyList<GrantRow> beside, CancellationToken cancellationToken)
    {
        var roles = await RolesAsync(ended.ConnectorId, cancellationToken);
        var active = beside.Where(static other => other.State is GrantState.Active).ToList();
        foreach (var other in active.Where(static other => !other.BeforeKnown || other.HeldRole is null))
        {
            // What this one leaves there is the other's to take back, even if that ends before anything was made for it.
            var handed = other.BeforeKnown ? other : other with { BeforeKnown = true, BeforeRole = ended.BeforeRole };
            await WriteAsync(transaction, handed with { HeldRole = other.HeldRole ?? ended.HeldRole }, cancellationToken);
        }

        var wanted = roles.Highest(ended.Kind, active.Select(static other => (string?)other.Role).Append(ended.BeforeRole));
        var shown = ended.HeldRole is null ? null : roles.Highest(ended.Kind, beside.Select(static other => other.HeldRole).Append(ended.HeldRole));
        if (shown is not null && roles.Rank(ended.Kind, wanted) >= roles.Rank(ended.Kind, shown))
        {
            return await WriteAsync(transaction, Gone(ended, active.Count > 0 ? $"Grant {active[0].Id} gives the same, or more." : "It was there before, and stays."), cancellationToken);
        }

        var change = new IntendedChange(ended.Kind is AccessKind.OrgRole ? ChangeKind.ChangeOrgRole : wanted is null ? ChangeKind.LeaveTeam : ChangeKind.ChangeTeamRole)
        {
            Member = ended.Member,
            Team = ended.Team,
            Role = wanted,
            From = shown,
        };
        return await ChangeAsync(transaction, ended with { Provisioning = GrantProvisioning.Revoking }, change, cancellationToken);
    }

    private async Task GivenAsync(Transaction transaction, GrantRow grant, ProvisioningTask task, CancellationToken cancellationToken)
    {
        if (task.State is ProvisioningState.Waiting)
        {
            return;
        }

        var current = PlaceRoles.In(grant.Kind, task.ReadBack);
        if (task.State is not ProvisioningState.Proven && (task.FailureCode != ChangedMeanwhile || current is null))
        {
            var failed = grant with { Provisioning = GrantProvisioning.GrantFailed, Note = task.Note };
            await WriteAsync(transaction, failed, cancellationToken);
            await desk.NoteAsync(transaction, failed, "failed", Actor.System, cancellationToken);
            await TellAsync(transaction, failed, "access-given", "Your access could not be given", $"It could not be given: {task.Note} Those who look after the source were told.", cancellationToken);
            return;
        }

        var roles = await RolesAsync(grant.ConnectorId, cancellationToken);
        var beside = await GrantStore.BesideAsync(transaction, grant, cancellationToken);
        var known = Inherit(grant, beside);
        known = known.BeforeKnown ? known : known with { BeforeKnown = true, BeforeRole = PlaceRoles.In(grant.Kind, task.Before) };

        // Too little is raised. Too much is lowered only where it is known to be the rest of a grant that ended.
        var wanted = Wanted(roles, known, beside);
        var isRest = grant.HeldRole == current && roles.Rank(grant.Kind, current) > roles.Rank(grant.Kind, wanted);
        if (isRest || roles.Rank(grant.Kind, current) < roles.Rank(grant.Kind, grant.Role))
        {
            await ChangeAsync(transaction, known, RoleChange(grant, isRest ? wanted : grant.Role, current), cancellationToken);
            return;
        }

        var given = known with { Provisioning = GrantProvisioning.Granted, HeldRole = current, ProvenAt = task.ReadBackAt, Note = null };
        await WriteAsync(transaction, given, cancellationToken);
        await desk.NoteAsync(transaction, given, "proven", Actor.System, cancellationToken);
        await TellAsync(
            transaction, given, "access-given", "Your access is there",
            $"Sentry was read back: it is there{(given.EndsAt == DateTimeOffset.MaxValue ? "" : $", and ends by itself on {given.EndsAt:yyyy-MM-dd HH:mm} UTC")}.", cancellationToken);
    }

    private async Task TakenAsync(Transaction transaction, GrantRow grant, ProvisioningTask task, CancellationToken cancellationToken)
    {
        var current = PlaceRoles.In(grant.Kind, task.ReadBack);
        var beside = await GrantStore.BesideAsync(transaction, grant, cancellationToken);
        switch (task.State)
        {
            case ProvisioningState.Proven:
                foreach (var other in beside.Where(static other => other is { State: GrantState.Active, HeldRole: not null }))
                {
                    await WriteAsync(transaction, other with { HeldRole = current }, cancellationToken);
                }

                await EndedAsync(transaction, Gone(grant, note: null) with { RevokedAt = task.ReadBackAt }, cancellationToken);
                return;
            case ProvisioningState.Waiting when beside.Any(static other => other.State is GrantState.Active):
                // Another grant began while this try was under way: what is to be restored is another thing now.
                await ProvisioningStore.TryMoveAsync(transaction, task.Id, Withdrawable, ProvisioningState.Withdrawn, desk.Now, cancellationToken);
                await RestoreAsync(transaction, grant, beside, cancellationToken);
                return;
            case ProvisioningState.Waiting:
                return;
            case ProvisioningState.Escalated when task.ReadBack is { Member: null }:
                await EndedAsync(transaction, Gone(grant, "The member is not in the organization any more."), cancellationToken);
                return;
            case ProvisioningState.Escalated when task.FailureCode == ChangedMeanwhile:
                await FoundOtherwiseAsync(transaction, grant, current, cancellationToken);
                return;
            default:
                await NotEndedAsync(transaction, grant with { Provisioning = GrantProvisioning.RevokeFailed, Note = task.Note }, cancellationToken);
                return;
        }
    }

    /// <summary>Somebody changed the place in Sentry since it was given. What is less is as good as taken back; what is something else is not ours to take.</summary>
    private async Task FoundOtherwiseAsync(Transaction transaction, GrantRow grant, string? current, CancellationToken cancellationToken)
    {
        var roles = await RolesAsync(grant.ConnectorId, cancellationToken);
        if (roles.Rank(grant.Kind, current) <= roles.Rank(grant.Kind, grant.BeforeRole))
        {
            await EndedAsync(transaction, Gone(grant, "Somebody had taken it away in Sentry already."), cancellationToken);
            return;
        }

        var left = Gone(grant, $"Somebody made the role {current} of it in Sentry; that was left as it is.") with { Ending = GrantEnding.Superseded };
        await EndedAsync(transaction, left, cancellationToken);
        await drifts.OpenAsync(transaction, left, DriftKind.ChangedOutside, current, cancellationToken);
    }

    private async Task NotEndedAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        await WriteAsync(transaction, grant, cancellationToken);
        await desk.NoteAsync(transaction, grant, "not-ended", Actor.System, cancellationToken);
        await desk.AlarmAsync(
            transaction, grant.ConnectorId,
            new OwnerMessage(
                default, "access-not-ended", "Access that should have ended is still there",
                [$"Grant {grant.Id} ended on {grant.EndedAt:yyyy-MM-dd HH:mm} UTC, and the access could not be taken back: {grant.Note}", "It is tried again every hour, without end."],
                $"/requests/{grant.RequestId}"),
            cancellationToken);
    }

    private async Task EndedAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        await WriteAsync(transaction, grant, cancellationToken);
        await desk.NoteAsync(transaction, grant, "gone", Actor.System, cancellationToken);
    }

    /// <summary>Takes back the changes that would end other grants of the same place: whoever begins or ends now decides what becomes of it.</summary>
    /// <returns>False when one of them is being made at this moment.</returns>
    private async Task<bool> TakeOverAsync(Transaction transaction, GrantRow grant, IReadOnlyList<GrantRow> beside, CancellationToken cancellationToken)
    {
        var free = true;
        foreach (var leaving in beside.Where(static other => other.State is GrantState.Ended))
        {
            if (leaving.TaskId is { } task && await ProvisioningStore.TryMoveAsync(transaction, task, Withdrawable, ProvisioningState.Withdrawn, desk.Now, cancellationToken))
            {
                await EndedAsync(transaction, Gone(leaving, $"Grant {grant.Id} of the same place took it over."), cancellationToken);
            }
            else
            {
                free &= (await TaskAsync(transaction, leaving, cancellationToken)) is not { State: ProvisioningState.Running };
            }
        }

        return free;
    }

    private async Task<GrantRow> ChangeAsync(Transaction transaction, GrantRow grant, IntendedChange change, CancellationToken cancellationToken)
    {
        var task = ProvisioningRow.Of(grant.ConnectorId, change, $"Request {grant.RequestId}, grant {grant.Id}", Actor.System, desk.Now);
        return await WriteAsync(transaction, grant with { TaskId = await ProvisioningStore.InsertAsync(transaction, task, cancellationToken) }, cancellationToken);
    }

    /// <summary>The role that a place is to have while a grant counts: the highest of it, the others that count, and what was before.</summary>
    private static string? Wanted(PlaceRoles roles, GrantRow grant, IReadOnlyList<GrantRow> beside) =>
        roles.Highest(grant.Kind, beside.Where(static other => other.State is GrantState.Active).Select(static other => (string?)other.Role).Append(grant.BeforeRole).Append(grant.Role));

    private static IntendedChange RoleChange(GrantRow grant, string? role, string? from) =>
        new(grant.Kind is AccessKind.OrgRole ? ChangeKind.ChangeOrgRole : ChangeKind.ChangeTeamRole) { Member = grant.Member, Team = grant.Team, Role = role, From = from };

    private static async Task<GrantRow> WriteAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken)
    {
        await GrantStore.UpdateAsync(transaction, grant, cancellationToken);
        return grant;
    }

    private static async Task<ProvisioningRow?> TaskAsync(Transaction transaction, GrantRow grant, CancellationToken cancellationToken) =>
        grant.TaskId is { } id ? (await ProvisioningStore.ByIdAsync(transaction, [id], cancellationToken)).FirstOrDefault() : null;

    private static GrantRow Inherit(GrantRow grant, IReadOnlyList<GrantRow> beside) =>
        !grant.BeforeKnown && beside.FirstOrDefault(static other => other.BeforeKnown) is { } known ? grant with { BeforeKnown = true, BeforeRole = known.BeforeRole } : grant;

    private GrantRow Gone(GrantRow grant, string? note) => grant with { Provisioning = GrantProvisioning.Revoked, RevokedAt = desk.Now, Note = note };

    private Task TellAsync(Transaction transaction, GrantRow grant, string kind, string subject, string sentence, CancellationToken cancellationToken) =>
        desk.TellAsync(transaction, [grant.AccountId], new OwnerMessage(default, kind, subject, [sentence], $"/requests/{grant.RequestId}"), cancellationToken);

    private async Task<PlaceRoles> RolesAsync(ConnectorId connector, CancellationToken cancellationToken) => new((await pictures.LatestAsync(connector, cancellationToken)).Graph);
}
