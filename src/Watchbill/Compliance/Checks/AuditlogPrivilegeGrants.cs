using Watchbill.Access.Logged;
using Watchbill.Compliance.CheckKinds;

namespace Watchbill.Compliance.Checks;

/// <summary>Privileged grants are reviewed.</summary>
internal sealed class AuditlogPrivilegeGrants : LogCheck
{
    private static readonly CheckParameter AckDays = CheckParameter.Number("ackDays", "Within how many days each line is to be acknowledged.", 14, 0, 365);
    private static readonly CheckParameter Roles = CheckParameter.Texts("roles", "The roles of which each grant is to be looked at.", "owner", "manager", "admin");

    public override CheckDefinition Definition { get; } = new("auditlog-privilege-grants", Severity.High)
    {
        Title = "Privileged grants are reviewed",
        Asserts = "Each member.add/member.edit/member.invite row with role owner/manager/admin in the period is acknowledged.",
        Rationale = "Rights that were given quietly are found here or nowhere.",
        Remediation = "Confirm or revoke the grant.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.data.role", "audit-logs.rows.actor"],
        Scopes = ["org:write"],
        Parameters = [Period, AckDays, Roles],
    };

    public override IReadOnlyList<string> Events { get; } = ["member.add", "member.edit", "member.invite"];

    protected override CheckParameter Grace => AckDays;

    protected override bool Matters(LoggedEvent line, CheckSettings settings) => line.OrgRole is { } role && settings.Texts(Roles).Contains(role);
}
