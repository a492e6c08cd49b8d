using Watchbill.Access;
using Watchbill.Evidence;

namespace Watchbill.Compliance;

/// <summary>What a check reads: a part of the ledger, or a kind of collected evidence.</summary>
public enum CheckInput
{
    /// <summary>The organization's settings.</summary>
    Organization,

    /// <summary>The single sign-on provider.</summary>
    AuthProvider,

    /// <summary>Members and invitations.</summary>
    Members,

    /// <summary>Teams and their members.</summary>
    Teams,

    /// <summary>Projects and the teams that own them.</summary>
    Projects,

    /// <summary>Internal integrations and public apps.</summary>
    SentryApps,

    /// <summary>Connections to other products.</summary>
    Integrations,

    /// <summary>Organization tokens.</summary>
    OrganizationTokens,

    /// <summary>Client keys of projects.</summary>
    ClientKeys,

    /// <summary>Sentry's audit log.</summary>
    AuditLog,

    /// <summary>Settings of each project.</summary>
    ProjectSettings,

    /// <summary>What each project received.</summary>
    Usage,

    /// <summary>Issues.</summary>
    Issues,

    /// <summary>Releases.</summary>
    Releases,

    /// <summary>Deploys of releases.</summary>
    Deploys,

    /// <summary>Commits of releases.</summary>
    Commits,

    /// <summary>Repositories.</summary>
    Repositories,

    /// <summary>Monitors of scheduled jobs.</summary>
    Monitors,

    /// <summary>Alert detectors.</summary>
    Detectors,

    /// <summary>Alert workflows.</summary>
    Workflows,

    /// <summary>Data forwarding.</summary>
    Forwarding,

    /// <summary>Relays.</summary>
    Relays,
}

/// <summary>Where each input comes from.</summary>
internal static class CheckInputs
{
    /// <summary>The part of the ledger that it is; null when it is collected evidence.</summary>
    public static string? ScopeOf(CheckInput input) => input switch
    {
        CheckInput.Organization => Scope.Organization,
        CheckInput.AuthProvider => Scope.AuthProvider,
        CheckInput.Members => Scope.Members,
        CheckInput.Teams => Scope.Teams,
        CheckInput.Projects => Scope.Projects,
        CheckInput.SentryApps => Scope.SentryApps,
        CheckInput.Integrations => Scope.Integrations,
        CheckInput.OrganizationTokens => Scope.OrganizationTokens,
        CheckInput.ClientKeys => Scope.ClientKeys,
        CheckInput.AuditLog => Scope.AuditLog,
        _ => null,
    };

    /// <summary>The kind of evidence that it is; null when it is a part of the ledger.</summary>
    public static EvidenceKind? KindOf(CheckInput input) => input switch
    {
        CheckInput.ProjectSettings => EvidenceKind.ProjectSettings,
        CheckInput.Usage => EvidenceKind.Usage,
        CheckInput.Issues => EvidenceKind.Issues,
        CheckInput.Releases => EvidenceKind.Releases,
        CheckInput.Deploys => EvidenceKind.Deploys,
        CheckInput.Commits => EvidenceKind.Commits,
        CheckInput.Repositories => EvidenceKind.Repositories,
        CheckInput.Monitors => EvidenceKind.Monitors,
        CheckInput.Detectors => EvidenceKind.Detectors,
        CheckInput.Workflows => EvidenceKind.Workflows,
        CheckInput.Forwarding => EvidenceKind.Forwarding,
        CheckInput.Relays => EvidenceKind.Relays,
        _ => null,
    };

    /// <summary>What a person calls it.</summary>
    public static string TitleOf(CheckInput input) => KindOf(input) is { } kind ? EvidenceKinds.Of(kind).Title : input switch
    {
        CheckInput.Organization => "Organization settings",
        CheckInput.AuthProvider => "Single sign-on",
        CheckInput.Members => "Members",
        CheckInput.Teams => "Teams",
        CheckInput.Projects => "Projects",
        CheckInput.SentryApps => "Apps",
        CheckInput.Integrations => "Integrations",
        CheckInput.OrganizationTokens => "Organization tokens",
        CheckInput.ClientKeys => "Client keys",
        _ => "Audit log",
    };

    /// <summary>The right that the token needs for it.</summary>
    public static string RightFor(CheckInput input) => KindOf(input) is { } kind ? string.Join(" or ", EvidenceKinds.Of(kind).Scopes) : input switch
    {
        CheckInput.Members => "member:read",
        CheckInput.Projects or CheckInput.ClientKeys => "project:read",
        CheckInput.AuditLog => "org:write",
        _ => "org:read",
    };
}
