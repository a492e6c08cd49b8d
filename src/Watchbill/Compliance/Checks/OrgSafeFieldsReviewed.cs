using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No field is exempted from scrubbing without approval.</summary>
internal sealed class OrgSafeFieldsReviewed : OrganizationCheck
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The field names that may stay unscrubbed.");

    public override CheckDefinition Definition { get; } = new("org-safe-fields-reviewed", Severity.Medium)
    {
        Title = "No field is exempted from scrubbing without approval",
        Asserts = "safeFields is a subset of the approved list.",
        Rationale = "A safe field is never scrubbed, whatever it holds.",
        Remediation = "Remove the exempted names, or record an exception.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.safeFields"],
        Scopes = ["org:read"],
        Parameters = [Approved],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        if (posture.Settings.SafeFields is not { } listed)
        {
            return Verdict.Untold(posture.Self, "safeFields");
        }

        var unknown = listed.Except(settings.Texts(Approved), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0 ? Verdict.Pass(posture.Self) : Verdict.Fail(posture.Self, $"Never scrubbed although nobody approved it: {string.Join(", ", unknown)}.");
    }
}
