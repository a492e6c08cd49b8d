using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Privileged roles are the exception.</summary>
internal sealed class MemberPrivilegedShare : OrganizationCheck
{
    private static readonly CheckParameter Ratio = CheckParameter.Share("ratio", "The greatest share of members that may be privileged.", 0.2m);
    private static readonly CheckParameter LeastAllowed = CheckParameter.Number("minAbs", "So many may be privileged however few members there are.", 3, 0, 1000);
    private static readonly CheckParameter Privileged = CheckParameter.Texts("privilegedRoles", "The roles that count as privileged.", "owner", "manager", "admin");

    public override CheckDefinition Definition { get; } = new("member-privileged-share", Severity.Medium)
    {
        Title = "Privileged roles are the exception",
        Asserts = "Owners+managers+admins <= max(minAbs, ratio x members).",
        Rationale = "Rights that most people hold by default were not given for a need.",
        Remediation = "Demote to Member and use team roles.",
        Reads = [CheckInput.Members],
        Fields = ["members.orgRole"],
        Scopes = ["member:read"],
        Parameters = [Ratio, LeastAllowed, Privileged],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        var members = posture.ActiveMembers.Count();
        var privileged = posture.ActiveMembers.Count(member => settings.Texts(Privileged).Contains(member.Fact.OrgRole));
        var most = Math.Max(settings.Number(LeastAllowed), (int)(settings.Share(Ratio) * members));
        return members == 0 ? Verdict.NotApplicable(posture.Self, "There are no members.")
            : privileged > most ? Verdict.Fail(posture.Self, $"{privileged} of {members} members are privileged; at most {most} should be.")
            : Verdict.Pass(posture.Self, $"{privileged} of {members} members are privileged.");
    }
}
