using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Native crash dumps are not hoarded.</summary>
internal sealed class OrgCrashReportsLimited : OrganizationCheck
{
    private static readonly CheckParameter Most = CheckParameter.Number("max", "How many crash reports of each issue may be kept.", 5, 0, 1000);

    public override CheckDefinition Definition { get; } = new("org-crash-reports-limited", Severity.Medium)
    {
        Title = "Native crash dumps are not hoarded",
        Asserts = "0 <= storeCrashReports <= max (-1 = unlimited fails).",
        Rationale = "Crash reports hold memory of the program that crashed, with whatever was in it.",
        Remediation = "Settings > Security & Privacy: Store Minidumps limit.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.storeCrashReports"],
        Scopes = ["org:read"],
        Parameters = [Most],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.Settings.StoreCrashReports is not { } kept ? Verdict.Untold(posture.Self, "storeCrashReports")
        : kept < 0 ? Verdict.Fail(posture.Self, "All crash reports of an issue are kept.")
        : kept > settings.Number(Most) ? Verdict.Fail(posture.Self, $"{kept} crash reports of each issue are kept; at most {settings.Number(Most)} may be.")
        : Verdict.Pass(posture.Self);
}
