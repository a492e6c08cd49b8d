using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>SSO cannot be bypassed.</summary>
internal sealed class OrgSsoLinkRequired : OrganizationCheck
{
    private static readonly CheckParameter MostPending = CheckParameter.Number("maxPendingLinks", "How many members may still have to link an identity.", 0, 0, 100_000);

    public override CheckDefinition Definition { get; } = new("org-sso-link-required", Severity.High)
    {
        Title = "SSO cannot be bypassed",
        Asserts = "auth-provider.require_link==true; pending_links_count reported as attribute.",
        Rationale = "Where the link is not required, a member can sign in with a password and pass the identity provider by.",
        Remediation = "Auth settings: turn on \"Require SSO\"; chase unlinked members.",
        Reads = [CheckInput.AuthProvider],
        Fields = ["auth-provider.require_link", "auth-provider.pending_links_count"],
        Scopes = ["org:read"],
        Parameters = [MostPending],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        if (posture.AuthProvider is not { } provider)
        {
            return Verdict.NotApplicable(posture.Self, "There is no single sign-on provider; org-sso-configured says so.");
        }

        var most = settings.Number(MostPending);
        return provider.RequireLink is not { } required ? Verdict.Untold(posture.Self, "auth-provider.require_link")
            : !required ? Verdict.Fail(posture.Self, "Members may sign in beside single sign-on.")
            : provider.PendingLinks > most ? Verdict.Fail(posture.Self, $"{provider.PendingLinks} members did not link an identity yet; at most {most} may be open.")
            : Verdict.Pass(posture.Self, provider.PendingLinks is { } pending ? $"{pending} members did not link an identity yet." : null);
    }
}
