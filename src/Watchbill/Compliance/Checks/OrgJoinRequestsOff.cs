using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Outsiders cannot request to join.</summary>
internal sealed class OrgJoinRequestsOff : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-join-requests-off", Severity.Low)
    {
        Title = "Outsiders cannot request to join",
        Asserts = "allowJoinRequests==false.",
        Rationale = "Requests of strangers invite approvals by mistake, and show that the organization exists.",
        Remediation = "Settings > Membership: turn join requests off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.allowJoinRequests"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.AllowJoinRequests is { } on ? !on : null, "allowJoinRequests", "People outside may ask to join.");
}
