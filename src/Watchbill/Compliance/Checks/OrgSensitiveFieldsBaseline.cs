using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Company-specific sensitive field names are scrubbed.</summary>
internal sealed class OrgSensitiveFieldsBaseline : OrganizationCheck
{
    private static readonly CheckParameter Required = CheckParameter.Texts("required", "The field names that must be scrubbed in every project.", "authorization", "cookie", "x-api-key");

    public override CheckDefinition Definition { get; } = new("org-sensitive-fields-baseline", Severity.Medium)
    {
        Title = "Company-specific sensitive field names are scrubbed",
        Asserts = "sensitiveFields contains every name of the parameter list (case-insensitive).",
        Rationale = "Fields with these names carry credentials in most products; listed once for all projects, no one can forget them.",
        Remediation = "Settings > Security & Privacy: add Global Sensitive Fields.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.sensitiveFields"],
        Scopes = ["org:read"],
        Parameters = [Required],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        if (posture.Settings.SensitiveFields is not { } listed)
        {
            return Verdict.Untold(posture.Self, "sensitiveFields");
        }

        var missing = settings.Texts(Required).Except(listed, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? Verdict.Pass(posture.Self) : Verdict.Fail(posture.Self, $"Not scrubbed everywhere: {string.Join(", ", missing)}.");
    }
}
