using Watchbill.Kernel;

namespace Watchbill.People.SingleSignOn;

/// <summary>
/// The identity provider that people sign in with (OpenID Connect, authorization code with PKCE), and what its word is worth here. Without one, people sign in with
/// passwords only.
/// </summary>
public sealed record SingleSignOnOptions
{
    /// <summary>The provider's issuer address, under which its discovery document lies; null when there is no provider. Setting <c>OIDC_ISSUER</c>.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>How the provider knows Watchbill. Setting <c>OIDC_CLIENT_ID</c>.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>What proves to the provider that it is Watchbill; null for a public client. Setting <c>OIDC_CLIENT_SECRET</c>, or a file with it in <c>OIDC_CLIENT_SECRET_FILE</c>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What people call the provider; on the button. Setting <c>OIDC_NAME</c>; <value>single sign-on</value>.</summary>
    public string Name { get; init; } = "single sign-on";

    /// <summary>What is asked of the provider. Setting <c>OIDC_SCOPES</c>, spaces between; <value>openid profile email</value>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile", "email"];

    /// <summary>The claim that lists somebody's groups. Setting <c>OIDC_GROUPS_CLAIM</c>; <value>groups</value>.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>
    /// The roles that each group gives. Setting <c>OIDC_GROUP_ROLES</c>, for example <c>sentry-admins=SuperAdministrator;audit=Auditor+ComplianceManager</c>. Where it
    /// is set, the groups decide at each sign-in, and roles given in Watchbill last until the next one. Empty leaves roles to Watchbill.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Role>> GroupRoles { get; init; } = new Dictionary<string, IReadOnlyList<Role>>();

    /// <summary>
    /// The roles that each group gives which an identity provider pushes by SCIM, and an account with them. Setting <c>SCIM_GROUP_ROLES</c>, written like <c>OIDC_GROUP_ROLES</c>, of which only
    /// one can be set. Holds for directories that a Super Administrator let decide. Empty makes no accounts.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Role>> DirectoryRoles { get; init; } = new Dictionary<string, IReadOnlyList<Role>>();

    /// <summary>What somebody is whom no group gives a role; null lets them not in. Setting <c>OIDC_DEFAULT_ROLE</c>, a role or <c>none</c>; <value>Member</value>.</summary>
    public Role? DefaultRole { get; init; } = Role.Member;

    /// <summary>
    /// Whether an address counts although the provider does not say that it verified it. Setting <c>OIDC_TRUST_ADDRESSES</c>, <c>yes</c> or <c>no</c>; <value>no</value>.
    /// Only for providers where people cannot choose their address: otherwise somebody could name an administrator's.
    /// </summary>
    public bool TrustsAddresses { get; init; }

    /// <summary>Whether nobody signs in with a password. Setting <c>PASSWORDS</c>, <c>on</c> or <c>off</c>; <value>on</value>. Links of the command line still let in.</summary>
    public bool PasswordsOff { get; init; }

    /// <summary>Whether there is a provider.</summary>
    public bool IsConfigured => Issuer is not null;

    /// <summary>Without the secret.</summary>
    public override string ToString() => IsConfigured ? $"single sign-on by {Issuer}" : "no single sign-on";
}

/// <summary>Settings of single sign-on are wrong. The message names each problem and holds no secret.</summary>
public sealed class SingleSignOnSettingsException(IReadOnlyList<string> problems)
    : SettingsException($"The settings of single sign-on are wrong. {string.Join(' ', problems)}");
