using Watchbill.Compliance.CheckKinds;

namespace Watchbill.Compliance.Checks;

/// <summary>New credentials are reviewed.</summary>
internal sealed class AuditlogCredentialCreation : LogCheck
{
    private static readonly CheckParameter AckDays = CheckParameter.Number("ackDays", "Within how many days each line is to be acknowledged.", 14, 0, 365);

    public override CheckDefinition Definition { get; } = new("auditlog-credential-creation", Severity.High)
    {
        Title = "New credentials are reviewed",
        Asserts = "Each org-auth-token.create, internal-integration.add-token, api-key.create, projectkey.create row is acknowledged.",
        Rationale = "A credential is a way in that no review of people shows.",
        Remediation = "Confirm purpose and owner, or revoke.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.event"],
        Scopes = ["org:write"],
        Parameters = [Period, AckDays],
    };

    public override IReadOnlyList<string> Events { get; } = ["org-auth-token.create", "internal-integration.add-token", "api-key.create", "projectkey.create"];

    protected override CheckParameter Grace => AckDays;
}
