using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Alert actions reach a live target.</summary>
internal sealed class AlertActionDeliverable : Check
{
    public override CheckDefinition Definition { get; } = new("alert-action-deliverable", Severity.High)
    {
        Title = "Alert actions reach a live target",
        Asserts = "No enabled workflow whose every action points to a missing member/team, a non-active integration or an action status!=\"active\".",
        Rationale = "An alert to somebody who left, or through a connection that is broken, reaches nobody.",
        Remediation = "Edit the alert action.",
        Reads = [CheckInput.Workflows, CheckInput.Members, CheckInput.Teams, CheckInput.Integrations],
        Fields = ["workflows.actionFilters.actions.integrationId", "workflows.actionFilters.actions.config", "workflows.actionFilters.actions.status"],
        Scopes = ["org:read", "alerts:read", "member:read"],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var users = posture.ActiveMembers.Select(static member => member.Fact.UserId).ToHashSet(StringComparer.Ordinal);
        var teams = posture.Teams.Select(static team => team.Id).ToHashSet(StringComparer.Ordinal);
        var broken = posture.Of(NonHumanKind.Integration).Where(static one => one.Fact.IsActive is false).Select(static one => one.Fact.ExternalId).ToHashSet(StringComparer.Ordinal);
        var known = posture.Of(NonHumanKind.Integration).Select(static one => one.Fact.ExternalId).ToHashSet(StringComparer.Ordinal);
        bool Reaches(WorkflowActionDocument action) => action.Status is null or "active"
            && (action.TargetType is not "user" || action.TargetId is null || users.Contains(action.TargetId))
            && (action.TargetType is not "team" || action.TargetId is null || teams.Contains(action.TargetId))
            && (action.IntegrationId is null || (known.Contains(action.IntegrationId) && !broken.Contains(action.IntegrationId)));
        return posture.Workflows.Where(static workflow => workflow.Document.Enabled is true).Select(workflow => workflow.As(ResourceKind.Workflow) is var resource && workflow.Document.Actions is not { } actions
            ? Verdict.Untold(resource, "actionFilters[].actions")
            : actions.Any(Reaches) ? Verdict.Pass(resource)
            : Verdict.Fail(resource, actions.Count == 0 ? "It has no action." : "Every action goes to somebody who is not there, or through a connection that does not work."));
    }
}
