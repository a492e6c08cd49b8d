using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Administrative actions come from known networks.</summary>
internal sealed class AuditlogKnownNetworks : OrganizationCheck
{
    private static readonly CheckParameter Networks = CheckParameter.Texts("cidrs", "The networks that changes may come from, for example 192.0.2.0/24; empty: not evaluated.");

    public override CheckDefinition Definition { get; } = new("auditlog-known-networks", Severity.Medium)
    {
        Title = "Administrative actions come from known networks",
        Asserts = "ipAddress of each row is inside the allowed CIDRs.",
        Rationale = "An administrator's change from an unknown network may be somebody else's.",
        Remediation = "Investigate the session; rotate credentials.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.ipAddress"],
        Scopes = ["org:write"],
        Parameters = [Networks],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        settings.Texts(Networks).Count == 0 ? Verdict.Unset(posture.Self, Networks)
        : posture.StrangeAddresses is not { } strange ? Verdict.NotEvaluated(posture.Self, "No run since the networks were set has read the audit log.")
        : strange == 0 ? Verdict.Pass(posture.Self)
        : Verdict.Fail(posture.Self, $"{strange} lines were written from networks that are not among the known ones.");
}
