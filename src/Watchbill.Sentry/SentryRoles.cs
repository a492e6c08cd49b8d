using System.Text.Json.Serialization;

namespace Watchbill.Sentry;

/// <summary>An organization role as the server describes it.</summary>
public sealed record SentryOrgRole
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Whether the caller may hand it out.</summary>
    public bool? IsAllowed { get; init; }

    /// <summary>Still held by people but no longer handed out.</summary>
    public bool? IsRetired { get; init; }

    public bool? IsTeamRolesAllowed { get; init; }

    /// <summary>Reaches every team and project.</summary>
    public bool? IsGlobal { get; init; }

    /// <summary>The older name of <see cref="IsGlobal"/>.</summary>
    [JsonPropertyName("is_global")]
    public bool? LegacyIsGlobal { get; init; }

    /// <summary>The team role everybody with this role has at least.</summary>
    public string? MinimumTeamRole { get; init; }
}

/// <summary>A team role as the server describes it.</summary>
public sealed record SentryTeamRole
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public bool? IsAllowed { get; init; }

    public bool? IsRetired { get; init; }

    /// <summary>The organization role whose least team role this is; null when it is none's.</summary>
    public string? IsMinimumRoleFor { get; init; }
}
