using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Members cannot create projects.</summary>
internal sealed class OrgMemberProjectCreationRestricted : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-member-project-creation-restricted", Severity.Low)
    {
        Title = "Members cannot create projects",
        Asserts = "allowMemberProjectCreation==false.",
        Rationale = "Projects that nobody planned collect data that nobody governs.",
        Remediation = "Settings > Membership: let members create projects = off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.allowMemberProjectCreation"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.AllowMemberProjectCreation is { } on ? !on : null, "allowMemberProjectCreation", "Every member may create projects.");
}
