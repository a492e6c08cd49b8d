using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>What one try came to.</summary>
internal sealed record AttemptResult
{
    /// <summary>What was read last; null when nothing was.</summary>
    public TargetState? ReadBack { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReadBackAt { get; init; }

    /// <summary>What Sentry said at the first try, before anything was sent; null when nothing was read.</summary>
    public TargetState? Before { get; init; }

    /// <summary>The request that was sent, with what came of it; null when none was.</summary>
    public string? Sent { get; init; }

    /// <summary>Why it is not as it should be; null when it is.</summary>
    public Refusal? Failure { get; init; }

    /// <summary>Whether it may work later without a person.</summary>
    public bool MayWorkLater { get; init; }

    /// <summary>What to say besides.</summary>
    public string? Note { get; init; }
}

/// <summary>Tries a change once: reads what is, refuses what Sentry would refuse, sends one request, reads back.</summary>
internal sealed class ChangeAttempt(ChangeDesk desk, ProvisioningStore tasks, TimeProvider clock)
{
    public async Task<AttemptResult> RunAsync(ConnectorRow connector, ProvisioningRow task, CancellationToken cancellationToken)
    {
        try
        {
            using var changer = await desk.OpenAsync(connector, cancellationToken);
            return await RunAsync(changer, connector, task, cancellationToken);
        }
        catch (Exception failure) when (failure is SentryException or UnbelievableAnswerException)
        {
            return Failed(failure);
        }
    }

    private async Task<AttemptResult> RunAsync(SentryChanger changer, ConnectorRow connector, ProvisioningRow task, CancellationToken cancellationToken)
    {
        var change = task.Change();
        var target = await changer.ReadAsync(change, cancellationToken);
        var seen = new AttemptResult { ReadBack = target.State, ReadBackAt = clock.GetUtcNow(), Before = TargetState.FromJson(task.StateBefore) ?? target.State };
        if (task.StateBefore is null && !await tasks.TryNoteBeforeAsync(task, target.State, cancellationToken))
        {
            throw new OperationCanceledException("Another process makes this change now.");
        }

        if (target.State.Fulfils(change))
        {
            return seen with { Note = task.Sent is null ? "It was so already." : null };
        }

        if (RequestChange.ClosedTo(connector) is { } closed)
        {
            return seen with { Failure = closed, MayWorkLater = connector.WritesSince is not null };
        }

        if ((changer.Refuse(change, target) ?? ChangedMeanwhile(change, seen.Before, target.State)) is { } refusal)
        {
            return seen with { Failure = refusal };
        }

        return await SendAsync(changer, change, target, cancellationToken) with { Before = seen.Before };
    }

    /// <summary>Sent once; whatever came back, reading decides.</summary>
    private async Task<AttemptResult> SendAsync(SentryChanger changer, IntendedChange change, ChangeTarget target, CancellationToken cancellationToken)
    {
        var request = changer.Describe(change, target);
        SentryException? failure = null;
        Refusal? only = null;
        try
        {
            only = await changer.SendAsync(change, target, cancellationToken);
        }
        catch (SentryException failed)
        {
            failure = failed;
        }

        var sent = $"{request}: {failure?.Message ?? only?.Message ?? "taken"}";
        try
        {
            var after = (await changer.ReadAsync(change, cancellationToken)).State;
            return Judge(change, target.State, after, failure, only) with { Sent = sent, ReadBack = after, ReadBackAt = clock.GetUtcNow() };
        }
        catch (SentryException unread)
        {
            return Failed(failure ?? unread) with { Sent = sent, MayWorkLater = true };
        }
    }

    private static AttemptResult Judge(IntendedChange change, TargetState before, TargetState after, SentryException? failure, Refusal? only)
    {
        if (after.Fulfils(change) || (change.Kind is ChangeKind.ResendInvitation && failure is null && after is { IsInvitation: true, IsExpired: not true }))
        {
            return change.Kind is ChangeKind.ChangeOrgRole && Lost(before, after) is { Count: > 0 } lost
                ? new AttemptResult { Failure = ProvisioningRefusals.TeamsLost(lost) }
                : new AttemptResult();
        }

        return failure is null
            ? new AttemptResult { Failure = only ?? ProvisioningRefusals.NotProven(after.Describe()), MayWorkLater = only is null }
            : Failed(failure);
    }

    /// <summary>Teams that a member no longer has although only the role was to change; a role without teams takes them by right.</summary>
    private static List<string> Lost(TargetState before, TargetState after) =>
        after.Teams is { Count: > 0 } ? [.. (before.Teams ?? []).Except(after.Teams)] : [];

    private static Refusal? ChangedMeanwhile(IntendedChange change, TargetState? asked, TargetState now) => change.Kind switch
    {
        ChangeKind.ChangeOrgRole when change.From is { } from && now.OrgRole != from => ProvisioningRefusals.ChangedMeanwhile(from, now.OrgRole ?? "unknown"),
        ChangeKind.ChangeTeamRole or ChangeKind.LeaveTeam when change.From is { } from && now.TeamRole != from => ProvisioningRefusals.ChangedMeanwhile(from, now.TeamRole ?? "off the team"),
        ChangeKind.ChangeOrgRole when asked?.OrgRole is { } was && now.OrgRole != was => ProvisioningRefusals.ChangedMeanwhile(was, now.OrgRole ?? "unknown"),
        ChangeKind.ChangeTeamRole when asked?.TeamRole is { } was && now.TeamRole != was => ProvisioningRefusals.ChangedMeanwhile(was, now.TeamRole ?? "off the team"),
        _ => null,
    };

    private static AttemptResult Failed(Exception failure) => new()
    {
        Failure = ChangeDesk.Explain(failure),
        MayWorkLater = failure is SentryException { Kind: var kind } && !ChangeDesk.IsFinal(kind),
    };
}
