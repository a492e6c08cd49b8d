using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Every member must pass MFA or a mandatory IdP.</summary>
internal sealed class OrgMfaOrSsoEnforced : OrganizationCheck
{
    private static readonly CheckParameter AcceptSso = CheckParameter.Flag("acceptSsoInsteadOf2fa", "Whether mandatory single sign-on counts like two-factor authentication.", true);

    public override CheckDefinition Definition { get; } = new("org-mfa-or-sso-enforced", Severity.Critical)
    {
        Title = "Every member must pass MFA or a mandatory IdP",
        Asserts = "require2FA==true, or an auth provider exists and require_link==true (Sentry cannot enforce 2FA together with SSO, so either one satisfies).",
        Rationale = "A stolen password opens the organization where neither a second factor nor the identity provider is demanded.",
        Remediation = "Settings > Security & Privacy: require two-factor authentication, or configure SSO and require linked identities.",
        Reads = [CheckInput.Organization, CheckInput.AuthProvider],
        Fields = ["organization.require2FA", "organization.hasAuthProvider", "auth-provider.require_link"],
        Scopes = ["org:read"],
        Parameters = [AcceptSso],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        if (posture.Organization?.RequireTwoFactor is not { } demanded)
        {
            return Verdict.Untold(posture.Self, "require2FA");
        }

        return demanded ? Verdict.Pass(posture.Self, "Two-factor authentication is required.")
            : !settings.Flag(AcceptSso) ? Verdict.Fail(posture.Self, "Two-factor authentication is not required, and single sign-on is not accepted instead.")
            : posture.AuthProvider is not { } provider ? Verdict.Fail(posture.Self, "Two-factor authentication is not required, and there is no single sign-on.")
            : Verdict.Expect(posture.Self, provider.RequireLink, "auth-provider.require_link", "Two-factor authentication is not required, and members may sign in beside single sign-on.");
    }
}
