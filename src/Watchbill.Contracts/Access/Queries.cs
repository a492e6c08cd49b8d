using System.ComponentModel.DataAnnotations;

namespace Watchbill.Contracts.Access;

/// <summary>Asks about an organization at an instant.</summary>
public record InstantQuery
{
    /// <summary>The instant; now when left out.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>Asks for a part of a list at an instant.</summary>
public sealed record InstantPageQuery : PageQuery
{
    /// <summary>The instant; now when left out.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What the lists of an organization share.</summary>
public abstract record TableQuery : PageQuery
{
    /// <summary>A part of the name, slug or address.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>Only whom a striking fact speaks of: its code.</summary>
    [StringLength(100)]
    public string? Fact { get; init; }

    /// <summary>The instant; now when left out.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>Which members to list.</summary>
public sealed record MemberQuery : TableQuery
{
    /// <summary>The organization role, exactly.</summary>
    [StringLength(100)]
    public string? Role { get; init; }

    /// <summary>The state.</summary>
    [AllowedValues(null, "active", "invited", "invitation-expired", "deactivated", "restricted")]
    public string? State { get; init; }

    /// <summary>Whether they use a second factor, as far as Sentry tells.</summary>
    [AllowedValues(null, "yes", "no", "unknown")]
    public string? TwoFactor { get; init; }

    /// <summary>Whether single sign-on is linked.</summary>
    public bool? Sso { get; init; }

    /// <summary>Not active for so many days.</summary>
    [Range(1, 36500)]
    public int? InactiveDays { get; init; }

    /// <summary>Only members of the team with this id.</summary>
    [StringLength(100)]
    public string? Team { get; init; }

    /// <summary>Only members of no team.</summary>
    public bool? WithoutTeam { get; init; }

    /// <summary>The order; with a minus in front the reverse.</summary>
    [AllowedValues(null, "email", "-email", "name", "-name", "role", "-role", "state", "-state", "active", "-active", "teams", "-teams", "reaches", "-reaches", "held", "-held")]
    public string? Sort { get; init; }
}

/// <summary>Which teams to list.</summary>
public sealed record TeamQuery : TableQuery
{
    /// <summary>Only teams without members.</summary>
    public bool? WithoutMembers { get; init; }

    /// <summary>Only teams without projects.</summary>
    public bool? WithoutProjects { get; init; }

    /// <summary>Whether the identity provider manages them.</summary>
    public bool? IdpProvisioned { get; init; }

    /// <summary>The order; with a minus in front the reverse.</summary>
    [AllowedValues(null, "slug", "-slug", "members", "-members", "projects", "-projects")]
    public string? Sort { get; init; }
}

/// <summary>Which projects to list.</summary>
public sealed record ProjectQuery : TableQuery
{
    /// <summary>The platform, exactly.</summary>
    [StringLength(100)]
    public string? Platform { get; init; }

    /// <summary>Only projects of the team with this id.</summary>
    [StringLength(100)]
    public string? Team { get; init; }

    /// <summary>Only projects that no team owns.</summary>
    public bool? WithoutTeam { get; init; }

    /// <summary>The order; with a minus in front the reverse.</summary>
    [AllowedValues(null, "slug", "-slug", "platform", "-platform", "teams", "-teams", "held", "-held", "reached", "-reached")]
    public string? Sort { get; init; }
}

/// <summary>Which principals that are no persons to list.</summary>
public sealed record PrincipalQuery : TableQuery
{
    /// <summary>The kind.</summary>
    [AllowedValues(null, "internal-integration", "public-app", "integration", "organization-token", "client-key")]
    public string? Kind { get; init; }

    /// <summary>Holds this scope, for example <c>project:write</c>.</summary>
    [StringLength(100)]
    public string? Scope { get; init; }

    /// <summary>Whether it works, as far as Sentry tells.</summary>
    [AllowedValues(null, "yes", "no", "unknown")]
    public string? Active { get; init; }

    /// <summary>The order; with a minus in front the reverse.</summary>
    [AllowedValues(null, "kind", "-kind", "name", "-name", "used", "-used", "created", "-created")]
    public string? Sort { get; init; }
}

/// <summary>Which pairs of a member and a project to list.</summary>
public sealed record PairQuery : PageQuery
{
    /// <summary>The instant; now when left out.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>A part of the name, slug or address at the other end.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>Only what was granted by a team or a role, not what open membership gives.</summary>
    public bool? Held { get; init; }
}

/// <summary>Which pair to explain.</summary>
public sealed record WhyQuery : InstantQuery
{
    /// <summary>The member: id or address.</summary>
    [Required, StringLength(320)]
    public required string Member { get; init; }

    /// <summary>The project: id or slug.</summary>
    [Required, StringLength(200)]
    public required string Project { get; init; }
}

/// <summary>Which changes to list.</summary>
public sealed record ChangeQuery : PageQuery
{
    /// <summary>The earlier instant.</summary>
    [Required]
    public DateTimeOffset? Since { get; init; }

    /// <summary>The later instant; now when left out.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only changes of this kind, for example <c>role-changed</c>.</summary>
    [StringLength(50)]
    public string? Kind { get; init; }
}

/// <summary>What to look for.</summary>
public sealed record SearchQuery
{
    /// <summary>A part of a name, address, slug or id.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Text { get; init; }
}

/// <summary>Names what would be taken away: a member alone; a member and a team; a project and a team; or open membership.</summary>
public interface IRemovalQuery
{
    /// <summary>The member: id or address.</summary>
    string? Member { get; }

    /// <summary>The team: id or slug.</summary>
    string? Team { get; }

    /// <summary>The project: id or slug.</summary>
    string? Project { get; }

    /// <summary>Open membership would be turned off.</summary>
    bool? OpenMembership { get; }
}

/// <summary>What would be taken away: a member alone; a member and a team; a project and a team; or open membership.</summary>
public sealed record BlastRadiusQuery : InstantQuery, IRemovalQuery
{
    /// <summary>The member: id or address.</summary>
    [StringLength(320)]
    public string? Member { get; init; }

    /// <summary>The team: id or slug.</summary>
    [StringLength(200)]
    public string? Team { get; init; }

    /// <summary>The project: id or slug.</summary>
    [StringLength(200)]
    public string? Project { get; init; }

    /// <summary>Open membership would be turned off.</summary>
    public bool? OpenMembership { get; init; }
}

/// <summary>Part of the accesses that a removal would touch.</summary>
public sealed record LossQuery : PageQuery, IRemovalQuery
{
    /// <summary>The instant; now when left out.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The member: id or address.</summary>
    [StringLength(320)]
    public string? Member { get; init; }

    /// <summary>The team: id or slug.</summary>
    [StringLength(200)]
    public string? Team { get; init; }

    /// <summary>The project: id or slug.</summary>
    [StringLength(200)]
    public string? Project { get; init; }

    /// <summary>Open membership would be turned off.</summary>
    public bool? OpenMembership { get; init; }
}

/// <summary>Part of the history of one member, one team or one project.</summary>
public sealed record HistoryQuery : PageQuery
{
    /// <summary>The member: id or address; only the id for somebody who is gone.</summary>
    [StringLength(320)]
    public string? Member { get; init; }

    /// <summary>The team: id or slug.</summary>
    [StringLength(200)]
    public string? Team { get; init; }

    /// <summary>The project: id or slug.</summary>
    [StringLength(200)]
    public string? Project { get; init; }
}
