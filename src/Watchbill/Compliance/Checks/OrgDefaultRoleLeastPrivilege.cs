using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>New members get the least role.</summary>
internal sealed class OrgDefaultRoleLeastPrivilege : OrganizationCheck
{
    private static readonly CheckParameter Allowed = CheckParameter.Texts("allowed", "The roles that new members may get by themselves.", "member");

    public override CheckDefinition Definition { get; } = new("org-default-role-least-privilege", Severity.High)
    {
        Title = "New members get the least role",
        Asserts = "defaultRole is in the allowed set.",
        Rationale = "Everybody who arrives gets this role; nobody decides about it one by one.",
        Remediation = "Settings > Membership: default role Member.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.defaultRole"],
        Scopes = ["org:read"],
        Parameters = [Allowed],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.Organization?.DefaultRole is not { } role ? Verdict.Untold(posture.Self, "defaultRole")
        : settings.Texts(Allowed).Contains(role) ? Verdict.Pass(posture.Self)
        : Verdict.Fail(posture.Self, $"New members become {role}.");
}
