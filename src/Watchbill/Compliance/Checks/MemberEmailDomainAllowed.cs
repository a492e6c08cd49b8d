using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Members belong to the company.</summary>
internal sealed class MemberEmailDomainAllowed : MemberCheck
{
    private static readonly CheckParameter Allowed = CheckParameter.Texts("allowedDomains", "The domains that addresses of members may have; empty: not evaluated.");

    public override CheckDefinition Definition { get; } = new("member-email-domain-allowed", Severity.High)
    {
        Title = "Members belong to the company",
        Asserts = "Domain of email is on the allow list.",
        Rationale = "An address outside the company's domains is somebody whom its directory does not know.",
        Remediation = "Remove the external account or record a guest exception.",
        Reads = [CheckInput.Members],
        Fields = ["members.email"],
        Scopes = ["member:read"],
        Parameters = [Allowed],
    };

    protected override bool IsIncluded(MemberPosture member, CheckSettings settings) => true;

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        settings.Texts(Allowed) is not { Count: > 0 } allowed ? Verdict.Unset(member.Resource, Allowed)
        : member.Fact.Email.LastIndexOf('@') is >= 0 and var at && allowed.Contains(member.Fact.Email[(at + 1)..]) ? Verdict.Pass(member.Resource)
        : Verdict.Fail(member.Resource, "The domain of the address is not an allowed one.");
}
