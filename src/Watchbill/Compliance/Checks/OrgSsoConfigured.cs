using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Single sign-on is configured.</summary>
internal sealed class OrgSsoConfigured : OrganizationCheck
{
    private static readonly CheckParameter Allowed = CheckParameter.Texts("allowedProviders", "The providers that may be used, by Sentry's names of them; empty allows any.");

    public override CheckDefinition Definition { get; } = new("org-sso-configured", Severity.Medium)
    {
        Title = "Single sign-on is configured",
        Asserts = "hasAuthProvider==true and GET auth-provider returns 200 (204 means none).",
        Rationale = "Accounts that an identity provider manages end when their people leave; local ones live on until somebody remembers.",
        Remediation = "Settings > Auth: configure the SAML2/OAuth provider.",
        Reads = [CheckInput.Organization, CheckInput.AuthProvider],
        Fields = ["organization.hasAuthProvider"],
        Scopes = ["org:read"],
        Parameters = [Allowed],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.AuthProvider is not { } provider ? Verdict.Fail(posture.Self, "There is no single sign-on provider.")
        : settings.Texts(Allowed) is { Count: > 0 } allowed && !allowed.Contains(provider.ProviderName) ? Verdict.Fail(posture.Self, $"The provider {provider.ProviderName} is not an allowed one.")
        : Verdict.Pass(posture.Self, $"Through {provider.ProviderName}.");
}
