using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Members come from the directory.</summary>
internal sealed class MemberScimProvisioned : MemberCheck
{
    private static readonly CheckParameter BreakGlass = CheckParameter.Texts("breakGlass", "The addresses of accounts that are kept beside the directory for emergencies.");

    public override CheckDefinition Definition { get; } = new("member-scim-provisioned", Severity.Medium)
    {
        Title = "Members come from the directory",
        Asserts = "When SCIM is on: each member has flags[\"idp:provisioned\"]==true, break-glass list excepted.",
        Rationale = "An account beside the directory stays when its person leaves.",
        Remediation = "Recreate the account through the IdP.",
        Reads = [CheckInput.Members, CheckInput.AuthProvider],
        Fields = ["members.flags.idp:provisioned"],
        Scopes = ["member:read"],
        Parameters = [BreakGlass],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        posture.AuthProvider?.ScimEnabled is not true ? Verdict.NotApplicable(member.Resource, "SCIM is not enabled; org-scim-enabled says so.")
        : member.Fact.IdpProvisioned ? Verdict.Pass(member.Resource)
        : settings.Texts(BreakGlass).Contains(member.Fact.Email) ? Verdict.Pass(member.Resource, "An account for emergencies.")
        : Verdict.Fail(member.Resource, "The directory did not create this account.");
}
