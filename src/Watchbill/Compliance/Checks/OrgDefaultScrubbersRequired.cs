using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Default scrubbers are forced for all projects.</summary>
internal sealed class OrgDefaultScrubbersRequired : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-default-scrubbers-required", Severity.High)
    {
        Title = "Default scrubbers are forced for all projects",
        Asserts = "dataScrubberDefaults==true.",
        Rationale = "The default scrubbers remove what is most often leaked: passwords, tokens, card numbers.",
        Remediation = "Settings > Security & Privacy: Require Using Default Scrubbers = on.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.dataScrubberDefaults"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Settings.DataScrubberDefaults, "dataScrubberDefaults", "Projects decide for themselves whether the default scrubbers run.");
}
