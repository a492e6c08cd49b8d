using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Server-side data scrubbing is forced for all projects.</summary>
internal sealed class OrgDataScrubberRequired : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-data-scrubber-required", Severity.High)
    {
        Title = "Server-side data scrubbing is forced for all projects",
        Asserts = "dataScrubber==true.",
        Rationale = "Required for the organization, no project can forget it.",
        Remediation = "Settings > Security & Privacy: Require Data Scrubber = on.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.dataScrubber"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Settings.DataScrubber, "dataScrubber", "Projects decide for themselves whether secrets are removed.");
}
