using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Alerts have an owner.</summary>
internal sealed class AlertOwnerSet : Check
{
    public override CheckDefinition Definition { get; } = new("alert-owner-set", Severity.Low)
    {
        Title = "Alerts have an owner",
        Asserts = "owner != null on each workflow.",
        Rationale = "An alert without an owner is repaired by nobody.",
        Remediation = "Set the owner.",
        Reads = [CheckInput.Workflows],
        Fields = ["workflows.owner"],
        Scopes = ["org:read", "alerts:read"],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) => posture.Workflows.Select(static workflow =>
        workflow.Document.Owner is null ? Verdict.Fail(workflow.As(ResourceKind.Workflow), "Nobody owns it.") : Verdict.Pass(workflow.As(ResourceKind.Workflow)));
}
