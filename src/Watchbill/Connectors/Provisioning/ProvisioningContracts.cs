using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Changes as the HTTP API has them.</summary>
internal static class ProvisioningContracts
{
    public static Result<IntendedChange> Of(Contract.IntendedChange input) => Word.Parse<ChangeKind>(input.Kind) is { } kind
        ? new IntendedChange(kind) { Member = input.Member, Team = input.Team, Project = input.Project, Role = input.Role, Email = input.Email }
        : ProvisioningRefusals.NoSuchKind(input.Kind);

    public static Contract.ChangePlan Of(ChangePlan plan) => new(Of(plan.Before), plan.IsDone, plan.Request, plan.Refusal?.Code, plan.Refusal?.Message);

    public static Contract.ProvisioningTask Of(ProvisioningTask task) => new()
    {
        Id = task.Id.Value,
        Connector = task.ConnectorId.Value,
        Change = new Contract.IntendedChange
        {
            Kind = Word.Of(task.Change.Kind),
            Member = task.Change.Member,
            Team = task.Change.Team,
            Project = task.Change.Project,
            Role = task.Change.Role,
            Email = task.Change.Email,
        },
        Reason = task.Reason,
        AskedBy = $"{Word.Of(task.Actor.Kind)} {task.Actor.Id}",
        State = Word.Of(task.State),
        RequestedAt = task.RequestedAt,
        DueAt = task.State is ProvisioningState.Waiting ? task.DueAt : null,
        Attempts = task.Attempts,
        Before = task.Before is { } before ? Of(before) : null,
        ReadBack = task.ReadBack is { } read ? Of(read) : null,
        ReadBackAt = task.ReadBackAt,
        Sent = task.Sent,
        FailureCode = task.FailureCode,
        Note = task.Note,
        EndedAt = task.EndedAt,
    };

    public static Contract.Writing Of(Connector connector, IReadOnlyList<WritingAbility> abilities) => new(
        connector.WritesSince,
        connector.WriteTokenKind,
        connector.WriteTokenLastFour,
        [.. abilities.Select(static one => new Contract.WritingAbility(Word.Of(one.Kind), one.Refusal?.Code, one.Refusal?.Message))]);

    private static Contract.TargetState Of(TargetState state) => new()
    {
        Member = state.Member,
        IsInvitation = state.IsInvitation,
        IsExpired = state.IsExpired,
        OrgRole = state.OrgRole,
        Teams = state.Teams,
        OnTeam = state.OnTeam,
        TeamRole = state.TeamRole,
        TeamHasProject = state.TeamHasProject,
        Description = state.Describe(),
    };
}
