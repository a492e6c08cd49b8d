using Watchbill.Access.Logged;
using Watchbill.Compliance.CheckKinds;

namespace Watchbill.Compliance.Checks;

/// <summary>No security setting was weakened unapproved.</summary>
internal sealed class AuditlogSecurityDowngrade : LogCheck
{
    private static readonly CheckParameter AckDays = CheckParameter.Number("ackDays", "Within how many days each line is to be acknowledged.", 0, 0, 365);
    private static readonly CheckParameter Watched = CheckParameter.Texts("watched", "The settings of which a lowering is to be looked at, by Sentry's names in the log; part of a name is enough, and capitals and underscores do not count.", "require_2fa", "sso", "scrub", "shared_issues", "default_role", "enhanced_privacy", "open_membership", "sensitive_fields", "safe_fields");

    public override CheckDefinition Definition { get; } = new("auditlog-security-downgrade", Severity.Critical)
    {
        Title = "No security setting was weakened unapproved",
        Asserts = "No org.edit, sso.disable, sso.edit row in the period that lowers a watched setting, unless linked to an approved change.",
        Rationale = "A setting that was lowered for a moment leaves no trace but this line.",
        Remediation = "Restore the setting; file the change.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.event", "audit-logs.rows.data"],
        Scopes = ["org:write"],
        Parameters = [Period, AckDays, Watched],
    };

    public override IReadOnlyList<string> Events { get; } = ["org.edit", "sso.disable", "sso.edit"];

    protected override CheckParameter Grace => AckDays;

    protected override bool Matters(LoggedEvent line, CheckSettings settings) => line.Event is not "org.edit" || LoweredSettings.In(line.Note, settings.Texts(Watched));
}
