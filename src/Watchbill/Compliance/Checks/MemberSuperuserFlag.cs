using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Self-hosted: only approved superusers.</summary>
internal sealed class MemberSuperuserFlag : MemberCheck
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The addresses of those who may be superusers.");

    public override CheckDefinition Definition { get; } = new("member-superuser-flag", Severity.High)
    {
        Title = "Self-hosted: only approved superusers",
        Asserts = "Members with user.isSuperuser or user.isStaff are on the approved list.",
        Rationale = "A superuser of a server enters every organization on it, whatever its settings say.",
        Remediation = "Sentry admin: remove superuser/staff.",
        Reads = [CheckInput.Members],
        Fields = ["members.user.isSuperuser", "members.user.isStaff"],
        Scopes = ["member:read"],
        Parameters = [Approved],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        !posture.IsSelfHosted ? Verdict.NotApplicable(member.Resource, "Only servers of one's own show superusers.")
        : member.Fact is { IsSuperuser: null, IsStaff: null } ? Verdict.Untold(member.Resource, "user.isSuperuser")
        : member.Fact is { IsSuperuser: not true, IsStaff: not true } || settings.Texts(Approved).Contains(member.Fact.Email) ? Verdict.Pass(member.Resource)
        : Verdict.Fail(member.Resource, "May take over any organization of the server, and nobody approved it.");
}
