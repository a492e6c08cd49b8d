using Watchbill.Access.Facts;
using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>The ways that lead to a project.</summary>
public enum AccessPathKind
{
    /// <summary>A global organization role.</summary>
    OrgRole,

    /// <summary>A place in a team that owns the project.</summary>
    TeamMembership,

    /// <summary>The organization lets every member into every project.</summary>
    OpenMembership,

    /// <summary>Sentry did not tell whether membership is open.</summary>
    PerhapsOpenMembership,

    /// <summary>A team that owns the project can be joined without anyone's leave.</summary>
    JoinableTeam,

    /// <summary>An internal integration or an installed app acts on every project.</summary>
    App,

    /// <summary>An organization token acts on every project.</summary>
    OrganizationToken,

    /// <summary>A client key may send events to its project and read nothing.</summary>
    ClientKey,
}

/// <summary>One reason why a principal reaches, or could reach, a project.</summary>
public sealed record AccessPath
{
    /// <summary>What sort of reason it is; says which of the other properties are set.</summary>
    public required AccessPathKind Kind { get; init; }

    /// <summary>What this way alone allows there; null when Sentry does not tell.</summary>
    public required ScopeSet? Scopes { get; init; }

    /// <summary>The organization role, for <see cref="AccessPathKind.OrgRole"/>.</summary>
    public OrgRole? OrgRole { get; init; }

    /// <summary>The team, for <see cref="AccessPathKind.TeamMembership"/> and <see cref="AccessPathKind.JoinableTeam"/>.</summary>
    public TeamNode? Team { get; init; }

    /// <summary>The team role in effect there, or the one that joining would give.</summary>
    public TeamRole? TeamRole { get; init; }

    /// <summary>The principal, for the last three kinds.</summary>
    public NonHumanNode? Principal { get; init; }

    /// <summary>The layer the way belongs to while nothing stops its holder.</summary>
    public AccessLayers Layer => Kind switch
    {
        AccessPathKind.OpenMembership => AccessLayers.Reachable,
        AccessPathKind.PerhapsOpenMembership => AccessLayers.Unknown,
        AccessPathKind.JoinableTeam => AccessLayers.SelfJoinable,
        AccessPathKind.OrgRole or AccessPathKind.TeamMembership or AccessPathKind.App
            or AccessPathKind.OrganizationToken or AccessPathKind.ClientKey => AccessLayers.Held | AccessLayers.Reachable,
    };

    /// <summary>The reason in words, for example "via team payments (contributor)".</summary>
    public string Sentence => Kind switch
    {
        AccessPathKind.OrgRole => $"via org role {OrgRole?.Id}",
        AccessPathKind.TeamMembership => $"via team {Team?.Slug} ({TeamRole?.Id})",
        AccessPathKind.OpenMembership => "via open membership",
        AccessPathKind.PerhapsOpenMembership => "perhaps via open membership (Sentry did not tell whether it is on)",
        AccessPathKind.JoinableTeam => $"could join team {Team?.Slug} ({TeamRole?.Id}) without anyone's leave",
        AccessPathKind.App => $"via {AppNoun} {Principal?.Name} ({ScopeText})",
        AccessPathKind.OrganizationToken => $"via organization token {Principal?.Name} ({ScopeText})",
        AccessPathKind.ClientKey => $"may send events with client key {Principal?.Name}",
    };

    private string AppNoun => Principal?.Kind is NonHumanKind.InternalIntegration ? "internal integration" : "app";

    private string ScopeText => Scopes switch
    {
        null => "scopes not told",
        { Count: 0 } => "no scopes",
        _ => string.Join(", ", Scopes),
    };

    /// <inheritdoc/>
    public override string ToString() => Sentence;
}
