using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>IP addresses are not stored.</summary>
internal sealed class OrgIpScrubbingRequired : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-ip-scrubbing-required", Severity.Medium)
    {
        Title = "IP addresses are not stored",
        Asserts = "scrubIPAddresses==true.",
        Rationale = "Network addresses are personal data that error records seldom need.",
        Remediation = "Settings > Security & Privacy: Prevent Storing of IP Addresses = on.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.scrubIPAddresses"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Settings.ScrubIpAddresses, "scrubIPAddresses", "Projects decide for themselves whether network addresses are stored.");
}
