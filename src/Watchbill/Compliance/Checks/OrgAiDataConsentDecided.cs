using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Generative-AI data use is off or approved.</summary>
internal sealed class OrgAiDataConsentDecided : OrganizationCheck
{
    private static readonly CheckParameter RequireHidden = CheckParameter.Flag("requireHidden", "Whether features that use generative models must be hidden.", false);

    public override CheckDefinition Definition { get; } = new("org-ai-data-consent-decided", Severity.Medium)
    {
        Title = "Generative-AI data use is off or approved",
        Asserts = "hideAiFeatures==true, or (genAIConsent and aggregatedDataConsent are false), or an approved exception exists.",
        Rationale = "Whether data of customers goes to generative models is a decision, not a default.",
        Remediation = "Settings > General / Data consent: withdraw consent or record approval.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.hideAiFeatures", "organization.genAIConsent", "organization.aggregatedDataConsent"],
        Scopes = ["org:read"],
        Parameters = [RequireHidden],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        var own = posture.Settings;
        if (own.HideAiFeatures is true)
        {
            return Verdict.Pass(posture.Self, "Features that use generative models are hidden.");
        }

        // The consent to generative models is told only by servers that ask for it: there, silence is not consent.
        return own.HideAiFeatures is null ? Verdict.Untold(posture.Self, "hideAiFeatures")
            : settings.Flag(RequireHidden) ? Verdict.Fail(posture.Self, "Features that use generative models are not hidden.")
            : own.AggregatedDataConsent is not { } aggregated ? Verdict.Untold(posture.Self, "aggregatedDataConsent")
            : aggregated || own.GenAiConsent is true ? Verdict.Fail(posture.Self, $"Consent was given to {(aggregated ? "aggregated use of data" : "generative models")}; without an exception nobody decided that.")
            : Verdict.Pass(posture.Self, "No consent was given.");
    }
}
