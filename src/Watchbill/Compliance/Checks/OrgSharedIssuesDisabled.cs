using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Issues cannot be shared with anonymous users.</summary>
internal sealed class OrgSharedIssuesDisabled : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-shared-issues-disabled", Severity.High)
    {
        Title = "Issues cannot be shared with anonymous users",
        Asserts = "allowSharedIssues==false.",
        Rationale = "A shared issue is readable without signing in, with whatever the error carried.",
        Remediation = "Settings > Security & Privacy: Allow Shared Issues = off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.allowSharedIssues"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.AllowSharedIssues is { } on ? !on : null, "allowSharedIssues", "Issues can be shared with anybody who has the link.");
}
