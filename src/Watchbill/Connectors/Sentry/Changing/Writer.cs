using Watchbill.Access.Roles;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>Whom the token for changes acts for, and what Sentry lets it do. Read anew for every change: rights change.</summary>
internal sealed record Writer
{
    public required SentryTokenKind Kind { get; init; }

    /// <summary>The member the token belongs to; null for integrations.</summary>
    public string? Member { get; init; }

    /// <summary>The role of that member; null for integrations.</summary>
    public OrgRole? Role { get; init; }

    /// <summary>The scopes that count here.</summary>
    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>SCIM is switched on.</summary>
    public bool HasScim { get; init; }

    /// <summary>Roles on teams count.</summary>
    public bool HasTeamRoles { get; init; }

    public required RoleCatalogue Roles { get; init; }

    /// <summary>It acts for a person, whom Sentry lets do what it lets no integration do.</summary>
    public bool IsPerson => Member is not null;

    public bool May(params ReadOnlySpan<string> scopes)
    {
        foreach (var scope in scopes)
        {
            if (Scopes.Contains(scope))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks Sentry: three requests, two for integrations.</summary>
    public static async Task<Writer> ReadAsync(SentryClient client, SentryOrganization organization, SentryTokenKind kind, CancellationToken cancellationToken)
    {
        var org = organization.Slug ?? organization.Id;
        var roles = OrganizationMapping.Catalogue(organization) ?? RoleCatalogue.BuiltIn;
        return new Writer
        {
            Kind = kind,
            Member = await OwnMemberAsync(client, org, kind, cancellationToken),
            Role = organization.OrgRole is { } role ? roles.OrgRole(role) : null,
            Scopes = (organization.Access ?? []).ToHashSet(StringComparer.Ordinal),
            HasScim = organization.HasAuthProvider is not false && await HasScimAsync(client, org, cancellationToken),
            HasTeamRoles = organization.Features?.Contains(OrganizationMapping.TeamRolesFeature) is true,
            Roles = roles,
        };
    }

    private static async Task<string?> OwnMemberAsync(SentryClient client, string org, SentryTokenKind kind, CancellationToken cancellationToken)
    {
        if (kind is SentryTokenKind.InternalIntegration or SentryTokenKind.App or SentryTokenKind.Organization)
        {
            return null;
        }

        try
        {
            return (await client.Members.GetAsync(org, "me", cancellationToken)).Id;
        }
        catch (SentryException failure) when (failure.Kind is SentryFailureKind.NotFound or SentryFailureKind.Forbidden or SentryFailureKind.MissingScope)
        {
            return null;
        }
    }

    private static async Task<bool> HasScimAsync(SentryClient client, string org, CancellationToken cancellationToken)
    {
        try
        {
            return await client.AuthProvider.GetAsync(org, cancellationToken) is { ScimEnabled: true };
        }
        catch (SentryException failure) when (failure.Kind is not SentryFailureKind.RateLimited)
        {
            // Whoever may not ask, or asks a Sentry that does not say, goes the other way; it says why where there is none.
            return false;
        }
    }
}
