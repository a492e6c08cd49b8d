namespace Watchbill.Access.Effective;

/// <summary>One thing that could be taken away in Sentry. Made by <see cref="AccessRemovals"/>, which knows that it is there.</summary>
public abstract record AccessRemoval
{
    private AccessRemoval()
    {
    }

    /// <summary>A member leaves the organization, or an invitation is withdrawn.</summary>
    public sealed record OfMember(MemberNode Member) : AccessRemoval;

    /// <summary>A member leaves a team.</summary>
    public sealed record OfMembership(TeamNode Team, MemberNode Member) : AccessRemoval;

    /// <summary>A team no longer owns a project.</summary>
    public sealed record OfProjectTeam(ProjectNode Project, TeamNode Team) : AccessRemoval;

    /// <summary>Open membership is turned off.</summary>
    public sealed record OfOpenMembership : AccessRemoval;
}
