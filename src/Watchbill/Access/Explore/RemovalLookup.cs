using Watchbill.Access.Effective;
using Watchbill.Kernel;

namespace Watchbill.Access.Explore;

/// <summary>
/// What would be taken away, as people name it: a member alone; a member and a team; a project and a team; or open membership.
/// </summary>
public sealed record RemovalSearch
{
    /// <summary>The member: id, address, or a part of the name that fits one only.</summary>
    public string? Member { get; init; }

    /// <summary>The team: id, slug, or a part of the name that fits one only.</summary>
    public string? Team { get; init; }

    /// <summary>The project: id, slug, or a part of the name that fits one only.</summary>
    public string? Project { get; init; }

    /// <summary>Open membership would be turned off.</summary>
    public bool OpenMembership { get; init; }
}

/// <summary>Says what a removal would take away from an organization as a picture shows it.</summary>
public static class RemovalLookup
{
    /// <summary>What it would take away.</summary>
    /// <remarks>
    /// Refusals: <c>bad-removal</c> when the parts do not name one thing, <c>not-on-team</c>, <c>not-owned-by-team</c>, <c>membership-not-open</c> when there is
    /// nothing to take away, and those of names.
    /// </remarks>
    public static Result<BlastRadius> BlastRadius(OrganizationPicture picture, RemovalSearch search)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(search);
        var removal = Find(picture, search);
        return removal.Succeeded ? AccessRemovals.BlastRadiusOf(picture.Graph, removal.Value) : removal.Refusal!;
    }

    private static Result<AccessRemoval> Find(OrganizationPicture picture, RemovalSearch search) => search switch
    {
        { Member: { } member, Team: null, Project: null, OpenMembership: false } => Member(picture, member),
        { Member: { } member, Team: { } team, Project: null, OpenMembership: false } => Membership(picture, team, member),
        { Member: null, Team: { } team, Project: { } project, OpenMembership: false } => ProjectTeam(picture, project, team),
        { Member: null, Team: null, Project: null, OpenMembership: true } => OpenMembership(picture),
        _ => new Refusal(
            RefusalKind.Invalid, "bad-removal", "Name what would be taken away: a member, a member and a team, a project and a team, or open membership."),
    };

    private static Result<AccessRemoval> Member(OrganizationPicture picture, string text)
    {
        var member = PictureLookup.Member(picture, text);
        return member.Succeeded ? new AccessRemoval.OfMember(member.Value) : member.Refusal!;
    }

    private static Result<AccessRemoval> Membership(OrganizationPicture picture, string teamText, string memberText)
    {
        var (team, member) = (PictureLookup.Team(picture, teamText), PictureLookup.Member(picture, memberText));
        return (team.Refusal ?? member.Refusal) is { } refusal ? refusal
            : picture.Graph.MembershipsOf(member.Value).Any(edge => edge.TeamId == team.Value.Id) ? new AccessRemoval.OfMembership(team.Value, member.Value)
            : new Refusal(RefusalKind.NotFound, "not-on-team", $"{member.Value.Email} is not on team {team.Value.Slug}: there is nothing to take away.");
    }

    private static Result<AccessRemoval> ProjectTeam(OrganizationPicture picture, string projectText, string teamText)
    {
        var (project, team) = (PictureLookup.Project(picture, projectText), PictureLookup.Team(picture, teamText));
        return (project.Refusal ?? team.Refusal) is { } refusal ? refusal
            : picture.Graph.TeamsOf(project.Value).Any(owner => owner.Id == team.Value.Id) ? new AccessRemoval.OfProjectTeam(project.Value, team.Value)
            : new Refusal(RefusalKind.NotFound, "not-owned-by-team", $"Team {team.Value.Slug} does not own {project.Value.Slug}: there is nothing to take away.");
    }

    private static Result<AccessRemoval> OpenMembership(OrganizationPicture picture) => picture.Graph.OpenMembership is true
        ? new AccessRemoval.OfOpenMembership()
        : new Refusal(RefusalKind.NotFound, "membership-not-open", "Membership is not open, or Sentry did not tell: there is nothing to close.");
}
