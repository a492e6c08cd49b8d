using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>What a caller may do in one organization. The organization's lock must be held.</summary>
internal sealed class Access
{
    private readonly Organization organization;
    private readonly Caller caller;

    public Access(Organization organization, Caller caller)
    {
        this.organization = organization;
        this.caller = caller;
        Member = caller.IsPerson && organization.MemberRows.OfUser(caller.User?.Id) is { IsListed: true } member ? member : null;
        Scopes = EffectiveScopes();
    }

    /// <summary>The caller's own membership; null for everything that is not a member of this organization.</summary>
    public Member? Member { get; }

    /// <summary>Token scopes within the role's; for applications, API keys and organization tokens the token's own.</summary>
    public ScopeSet Scopes { get; }

    /// <summary>An application, key or token that belongs to this organization: it reaches all teams and projects.</summary>
    public bool IsOwnCredential => !caller.IsPerson && caller.Token?.Organization == organization;

    public bool IsGlobal => Member?.Role.IsGlobal ?? IsOwnCredential;

    public bool Has(string scopes) => Scopes.Overlaps(ScopeSet.Parse(scopes));

    public Membership? On(Team team) => Member?.On(team);

    /// <summary>True for members of the team, and for applications, which count as members of every team.</summary>
    public bool IsOn(Team team) => On(team) is not null || (caller.IsApp && IsOwnCredential);

    public bool CanReach(Team team) => ReachesEverything || On(team) is not null;

    public bool CanReach(Project project) => ReachesEverything || project.OwningTeams.Exists(team => On(team) is not null);

    /// <summary>Scopes on a team: those of the organization where the team can be reached, and those of the caller's team role.</summary>
    public ScopeSet OnTeam(Team team) => (CanReach(team) ? Scopes : default) | RoleOn(team);

    public ScopeSet OnProject(Project project) =>
        CanReach(project) ? project.OwningTeams.Aggregate(Scopes, (all, team) => all | RoleOn(team)) : default;

    private bool ReachesEverything => IsOwnCredential || (Member is { } member && AccessRules.ReachesEverything(organization, member));

    private ScopeSet RoleOn(Team team) => On(team) is { } link ? AccessRules.TeamScopes(organization, link) & caller.TokenScopes : default;

    private ScopeSet EffectiveScopes()
    {
        if (Member is { } member)
        {
            return AccessRules.RoleScopes(organization, member.Role) & caller.TokenScopes;
        }

        return IsOwnCredential ? caller.TokenScopes : default;
    }
}
