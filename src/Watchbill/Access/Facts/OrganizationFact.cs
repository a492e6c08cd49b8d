using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>The organization: the settings that decide who reaches what, and the role catalogue it told us. Key: organization id.</summary>
public sealed class OrganizationFact : Fact
{
    /// <summary>The current slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>Sentry's status id, for example <c>active</c>; null when not told.</summary>
    public string? Status { get; init; }

    /// <summary>When it was created; null when not told.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Where its data lives, for example <c>https://de.sentry.io</c>; null on old self-hosted servers.</summary>
    public string? RegionUrl { get; init; }

    /// <summary>Every member reaches every project and team. Null when Sentry did not tell: then nobody may conclude "closed".</summary>
    public bool? OpenMembership { get; init; }

    /// <summary>Sessions without a second factor are refused.</summary>
    public bool? RequireTwoFactor { get; init; }

    /// <summary>Sessions without single sign-on are refused.</summary>
    public bool? RequireSso { get; init; }

    /// <summary>A single sign-on provider is configured.</summary>
    public bool? HasAuthProvider { get; init; }

    /// <summary>Members may invite others.</summary>
    public bool? AllowMemberInvite { get; init; }

    /// <summary>Members may create projects.</summary>
    public bool? AllowMemberProjectCreation { get; init; }

    /// <summary>Strangers may ask to join.</summary>
    public bool? AllowJoinRequests { get; init; }

    /// <summary>Sentry's own staff may enter.</summary>
    public bool? AllowSuperuserAccess { get; init; }

    /// <summary>Issues may be shared by public link.</summary>
    public bool? AllowSharedIssues { get; init; }

    /// <summary>The role <c>member</c> holds <c>event:admin</c>.</summary>
    public bool? EventsMemberAdmin { get; init; }

    /// <summary>The role <c>member</c> holds <c>alerts:write</c>.</summary>
    public bool? AlertsMemberWrite { get; init; }

    /// <summary>The role of people who arrive through single sign-on.</summary>
    public string? DefaultRole { get; init; }

    /// <summary>Team roles are in force (the organization's <c>team-roles</c> feature); null when features were not told.</summary>
    public bool? HasTeamRoles { get; init; }

    /// <summary>The organization's own role catalogue as JSON (see <see cref="RoleCatalogue"/>); null when not told: the built-in table applies.</summary>
    public string? RoleCatalogue { get; init; }

    /// <summary>The remaining settings as a JSON object of names and values, without secrets.</summary>
    public string? OtherSettings { get; init; }

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder
        .Add(Slug).Add(Name).Add(Status).Add(DateCreated).Add(RegionUrl)
        .Add(OpenMembership).Add(RequireTwoFactor).Add(RequireSso).Add(HasAuthProvider)
        .Add(AllowMemberInvite).Add(AllowMemberProjectCreation).Add(AllowJoinRequests).Add(AllowSuperuserAccess).Add(AllowSharedIssues)
        .Add(EventsMemberAdmin).Add(AlertsMemberWrite).Add(DefaultRole).Add(HasTeamRoles).Add(RoleCatalogue).Add(OtherSettings);
}
