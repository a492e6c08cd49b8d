using Watchbill.Access.Facts;

namespace Watchbill.Access.Changes;

/// <summary>Something about access that differs between two instants.</summary>
/// <param name="Kind">What sort, kebab-case.</param>
/// <param name="SubjectId">Whom or what it concerns, by Sentry's id or the ledger's key.</param>
/// <param name="Sentence">It, in words.</param>
public sealed record AccessChange(string Kind, string SubjectId, string Sentence)
{
    /// <summary>Who did it and when; null where Sentry's audit log does not tell, or was not asked.</summary>
    public ChangeCause? Cause { get; init; }

    /// <summary>The fact that began or ended with it; null when it is not one.</summary>
    internal ChangedFact? Fact { get; init; }

    internal static AccessChange OfMember(string kind, string memberId, string sentence, bool isEnd = false) =>
        new(kind, memberId, sentence) { Fact = new(FactKind.Member, memberId, isEnd) };

    internal static AccessChange OfPlace(string kind, (string TeamId, string MemberId) place, string sentence, bool isEnd = false) =>
        new(kind, place.MemberId, sentence) { Fact = new(FactKind.TeamMembership, TeamMembershipFact.KeyOf(place.TeamId, place.MemberId), isEnd) };

    internal static AccessChange OfTeam(string kind, string teamId, string sentence, bool isEnd = false) =>
        new(kind, teamId, sentence) { Fact = new(FactKind.Team, teamId, isEnd) };

    internal static AccessChange OfProject(string kind, string projectId, string sentence, bool isEnd = false) =>
        new(kind, projectId, sentence) { Fact = new(FactKind.Project, projectId, isEnd) };

    internal static AccessChange OfLink(string kind, (string ProjectId, string TeamId) link, string sentence, bool isEnd = false) =>
        new(kind, link.ProjectId, sentence) { Fact = new(FactKind.ProjectTeam, ProjectTeamFact.KeyOf(link.ProjectId, link.TeamId), isEnd) };

    internal static AccessChange OfPrincipal(string kind, string key, string sentence, bool isEnd = false) =>
        new(kind, key, sentence) { Fact = new(FactKind.NonHuman, key, isEnd) };

    internal static AccessChange OfOrganization(string kind, string key, string sentence) => new(kind, key, sentence) { Fact = new(FactKind.Organization, key, IsEnd: false) };
}

/// <summary>What Sentry's audit log tells of a change.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Actor">Who made it, by address or the name that Sentry gives; null when it gives none.</param>
public sealed record ChangeCause(DateTimeOffset At, string? Actor);

/// <summary>The beginning or the end of a fact.</summary>
internal sealed record ChangedFact(FactKind Kind, string Key, bool IsEnd);
