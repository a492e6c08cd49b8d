using Watchbill.Cli.Input;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Contracts;
using Watchbill.Contracts.Client;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Cli.Places;

/// <summary>Changes in Sentry made by a server.</summary>
internal sealed class ProvisioningOnServer(WatchbillClient client, TimeProvider clock) : IProvisioning
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public Task<Result<IReadOnlyList<WritingAbility>>> AbilitiesAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await At(connector).WritingAsync(cancellationToken)));

    public Task<Result<IReadOnlyList<WritingAbility>>> SwitchOnAsync(Connector connector, string? token, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await At(connector).SwitchOnAsync(new Contract.NewWriting { Token = token }, cancellationToken)));

    public async Task<Refusal?> SwitchOffAsync(Connector connector, CancellationToken cancellationToken) => (await AskAsync(async () =>
    {
        await At(connector).SwitchOffAsync(cancellationToken);
        return true;
    })).Refusal;

    public Task<Result<ChangePlan>> PlanAsync(Connector connector, IntendedChange change, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var plan = await At(connector).PlanAsync(Of(change), cancellationToken);
        return new ChangePlan(Of(plan.Before), plan.IsDone, plan.Request, ServerRefusals.Told(plan.RefusalCode, plan.Refusal));
    });

    public Task<Result<ProvisioningTask>> MakeAsync(Connector connector, IntendedChange change, string reason, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var asked = new Contract.NewChange
        {
            Kind = Word.Of(change.Kind),
            Member = change.Member,
            Team = change.Team,
            Project = change.Project,
            Role = change.Role,
            Email = change.Email,
            Reason = reason,
        };
        return await FollowAsync(connector, await At(connector).RequestAsync(asked, cancellationToken), cancellationToken);
    });

    public Task<Result<IReadOnlyList<ProvisioningTask>>> ListAsync(Connector connector, ProvisioningState? state, int limit, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<ProvisioningTask>>(async () =>
        {
            var query = new Contract.ProvisioningQuery { State = state is { } one ? Word.Of(one) : null, Limit = Math.Min(limit, PageQuery.MaxLimit) };
            return [.. (await At(connector).ListAsync(query, cancellationToken)).Items.Select(Of)];
        });

    public Task<Result<ProvisioningTask>> FindAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await At(connector).FindAsync(task.Value, cancellationToken)));

    public Task<Result<ProvisioningTask>> RetryAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken) =>
        AskAsync(async () => await FollowAsync(connector, await At(connector).RetryAsync(task.Value, cancellationToken), cancellationToken));

    public Task<Result<ProvisioningTask>> WithdrawAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await At(connector).WithdrawAsync(task.Value, cancellationToken)));

    /// <summary>Until the server has tried it.</summary>
    private async Task<ProvisioningTask> FollowAsync(Connector connector, Contract.ProvisioningTask asked, CancellationToken cancellationToken)
    {
        var task = Of(asked);
        while (task is { State: ProvisioningState.Running } or { State: ProvisioningState.Waiting, Attempts: 0 })
        {
            await Task.Delay(Poll, clock, cancellationToken);
            task = Of(await At(connector).FindAsync(asked.Id, cancellationToken));
        }

        return task;
    }

    private ProvisioningClient At(Connector connector) => client.Provisioning(connector.Id.Value);

    private static Task<Result<T>> AskAsync<T>(Func<Task<T>> ask) => WatchbillOnServer.AskAsync(ask);

    /// <summary>Kinds that this version does not know are left out: a newer server may have more.</summary>
    private static IReadOnlyList<WritingAbility> Of(Contract.Writing writing) =>
    [
        .. writing.Abilities.Where(static one => Word.Parse<ChangeKind>(one.Kind) is not null).Select(static one => new WritingAbility(
            Choices.Parse<ChangeKind>(one.Kind), ServerRefusals.Told(one.RefusalCode, one.Refusal))),
    ];

    private static Contract.IntendedChange Of(IntendedChange change) => new()
    {
        Kind = Word.Of(change.Kind),
        Member = change.Member,
        Team = change.Team,
        Project = change.Project,
        Role = change.Role,
        Email = change.Email,
    };

    private static ProvisioningTask Of(Contract.ProvisioningTask task) => new()
    {
        Id = new ProvisioningTaskId(task.Id),
        ConnectorId = new ConnectorId(task.Connector),
        Change = new IntendedChange(Choices.Parse<ChangeKind>(task.Change.Kind))
        {
            Member = task.Change.Member,
            Team = task.Change.Team,
            Project = task.Change.Project,
            Role = task.Change.Role,
            Email = task.Change.Email,
        },
        Reason = task.Reason,
        Actor = new Actor(ActorKind.System, task.AskedBy),
        State = Choices.Parse<ProvisioningState>(task.State),
        RequestedAt = task.RequestedAt,
        DueAt = task.DueAt ?? task.EndedAt ?? task.RequestedAt,
        Attempts = task.Attempts,
        Before = task.Before is { } before ? Of(before) : null,
        ReadBack = task.ReadBack is { } read ? Of(read) : null,
        ReadBackAt = task.ReadBackAt,
        Sent = task.Sent,
        FailureCode = task.FailureCode,
        Note = task.Note,
        EndedAt = task.EndedAt,
    };

    private static TargetState Of(Contract.TargetState state) => new()
    {
        Member = state.Member,
        IsInvitation = state.IsInvitation,
        IsExpired = state.IsExpired,
        OrgRole = state.OrgRole,
        Teams = state.Teams,
        OnTeam = state.OnTeam,
        TeamRole = state.TeamRole,
        TeamHasProject = state.TeamHasProject,
    };
}
