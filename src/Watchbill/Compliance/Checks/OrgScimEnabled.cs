using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Provisioning is automated from the directory.</summary>
internal sealed class OrgScimEnabled : OrganizationCheck
{
    private static readonly CheckParameter Over = CheckParameter.Number("requiredWhenMembersOver", "How many members may be managed by hand.", 25, 0, 1_000_000);

    public override CheckDefinition Definition { get; } = new("org-scim-enabled", Severity.Low)
    {
        Title = "Provisioning is automated from the directory",
        Asserts = "auth-provider.scim_enabled==true.",
        Rationale = "What the directory creates and removes by itself does not depend on somebody remembering.",
        Remediation = "Auth settings: enable SCIM and connect the directory.",
        Reads = [CheckInput.AuthProvider, CheckInput.Members],
        Fields = ["auth-provider.scim_enabled"],
        Scopes = ["org:read"],
        Parameters = [Over],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        var (members, most) = (posture.ActiveMembers.Count(), settings.Number(Over));
        return members <= most ? Verdict.NotApplicable(posture.Self, $"{members} members; provisioning is demanded of more than {most}.")
            : posture.AuthProvider is not { } provider ? Verdict.Fail(posture.Self, "There is no single sign-on provider, and so no provisioning through it.")
            : Verdict.Expect(posture.Self, provider.ScimEnabled, "auth-provider.scim_enabled", "SCIM is off: members are added and removed by hand.");
    }
}
