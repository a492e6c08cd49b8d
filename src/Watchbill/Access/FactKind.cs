using Watchbill.Access.Facts;

namespace Watchbill.Access;

/// <summary>The kinds of facts, one ledger table each. The numbers are part of stored digests: never renumber them.</summary>
public enum FactKind
{
    /// <summary><see cref="OrganizationFact"/>.</summary>
    Organization = 1,

    /// <summary><see cref="AuthProviderFact"/>.</summary>
    AuthProvider = 2,

    /// <summary><see cref="MemberFact"/>.</summary>
    Member = 3,

    /// <summary><see cref="TeamFact"/>.</summary>
    Team = 4,

    /// <summary><see cref="TeamMembershipFact"/>.</summary>
    TeamMembership = 5,

    /// <summary><see cref="ProjectFact"/>.</summary>
    Project = 6,

    /// <summary><see cref="ProjectTeamFact"/>.</summary>
    ProjectTeam = 7,

    /// <summary><see cref="NonHumanFact"/>.</summary>
    NonHuman = 8,
}

/// <summary>Which kind a fact is of.</summary>
internal static class FactKinds
{
    public static FactKind Of(Fact fact) => fact switch
    {
        OrganizationFact => FactKind.Organization,
        AuthProviderFact => FactKind.AuthProvider,
        MemberFact => FactKind.Member,
        TeamFact => FactKind.Team,
        TeamMembershipFact => FactKind.TeamMembership,
        ProjectFact => FactKind.Project,
        ProjectTeamFact => FactKind.ProjectTeam,
        NonHumanFact => FactKind.NonHuman,
        _ => throw new ArgumentException($"The ledger has no table for {fact.GetType().Name}.", nameof(fact)),
    };
}
