using System.Globalization;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Access.Roles;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Access;

namespace Watchbill.Access;

/// <summary>The answers about access as the HTTP API has them.</summary>
internal static class AccessContracts
{
    private const int MostGaps = 50;
    private const int MostSubjects = 100;

    public static Contract.Freshness Freshness(OrganizationPicture picture)
    {
        List<ScopeFreshness> gaps = [.. picture.Freshness.BlindSpots, .. picture.Freshness.Stale];
        return new Contract.Freshness
        {
            At = picture.At,
            Complete = picture.Freshness.IsComplete,
            OldestRead = picture.Freshness.OldestRead,
            KnownUntil = picture.IsNow ? picture.Freshness.KnownUntil : null,
            Gaps = [.. gaps.Take(MostGaps).Select(static scope => new Contract.Gap(scope.Scope, scope.LastCompleteAt, scope.StaleSince, scope.StaleReason))],
            GapCount = gaps.Count,
        };
    }

    public static Contract.Overview Overview(OrganizationPicture picture) => new()
    {
        Slug = picture.Graph.Organization?.Slug,
        Name = picture.Graph.Organization?.Name,
        OpenMembership = picture.Graph.Organization?.OpenMembership,
        RequireTwoFactor = picture.Graph.Organization?.RequireTwoFactor,
        RequireSso = picture.Graph.Organization?.RequireSso,
        Members = picture.Counts.Members,
        ReachingMembers = picture.Counts.ReachingMembers,
        Teams = picture.Graph.Teams.Count,
        Projects = picture.Counts.Projects,
        NonHumans = picture.NonHumans.Count,
        HeldPairs = picture.Counts.HeldPairs,
        ReachablePairs = picture.Counts.ReachablePairs,
        Facts = [.. picture.Striking.Select(static fact => new Contract.StrikingFact(fact.Code, Word.Of(fact.Gravity), fact.Sentence, fact.Count, [.. fact.SubjectIds.Take(MostSubjects)]))],
    };

    public static Contract.MemberRow Row(MemberRow row) => new()
    {
        Id = row.Member.Id,
        UserId = row.Member.UserId,
        Email = row.Member.Email,
        Name = row.Member.Name,
        OrgRole = row.Member.OrgRole,
        State = Word.Of(row.State),
        HasTwoFactor = row.Member.HasTwoFactor,
        SsoLinked = row.Member.SsoLinked,
        IdpProvisioned = row.Member.IdpProvisioned,
        Teams = row.Teams,
        ProjectsHeld = row.Held,
        ProjectsReachable = row.Reachable,
        TokensOnly = row.TokensOnly,
        LastActive = row.LastActive,
    };

    public static Contract.TeamRow Row(TeamRow row) =>
        new(row.Team.Id, row.Team.Slug, row.Team.Name, row.Team.IdpProvisioned, row.Members, row.Projects, row.Joinable);

    public static Contract.ProjectRow Row(ProjectRow row) =>
        new(row.Project.Id, row.Project.Slug, row.Project.Name, row.Project.Platform, [.. row.Teams.Select(Name)], row.Held, row.Reachable);

    public static Contract.PrincipalRow Row(NonHumanRow row) => new()
    {
        Key = row.Principal.Key,
        Kind = Word.Of(row.Principal.Kind),
        Name = row.Principal.Name,
        Provider = row.Principal.Provider,
        Project = row.Project is { } project ? Name(project) : null,
        Scopes = Scopes(row.Scopes),
        IsActive = row.Principal.IsActive,
        DateCreated = row.Principal.DateCreated,
        LastActive = row.LastActive,
    };

    public static Contract.MemberDetail Detail(MemberRow row, MemberAccess access) => new()
    {
        Member = Row(row),
        RoleScopes = [.. access.Role.Scopes],
        Teams = [.. access.Teams.Select(static place => new Contract.Membership(Name(place.Team), place.Role.Id, place.StoredRole, place.Counts))],
        Obstacles = [.. access.Obstacles.Select(Obstacle)],
        Notes = [.. access.Notes.Select(Note)],
    };

    public static Contract.ProjectDetail Detail(ProjectRow row, ProjectAccess access) => new()
    {
        Project = Row(row),
        Reachable = access.ReachableCount,
        Held = access.HeldCount,
        Stopped = access.StoppedCount,
        Unknown = access.UnknownCount,
        NonHumans = [.. access.NonHumans.Select(Reach)],
        Notes = [.. access.Notes.Select(Note)],
    };

    public static Contract.TeamMember Member(TeamMember member) =>
        new(Name(member.Member), member.Membership.Role.Id, member.Membership.StoredRole, [.. member.Obstacles.Select(Obstacle)]);

    public static Contract.Pair Pair(AccessPair pair) => new()
    {
        Member = Name(pair.Member),
        Project = Name(pair.Project),
        Reach = Word.Of(pair.Reach),
        Held = pair.IsHeld,
        SelfJoinable = pair.IsSelfJoinable,
        Paths = [.. pair.Paths.Select(Path)],
        Obstacles = [.. pair.Obstacles.Select(Obstacle)],
        Scopes = [.. pair.Scopes],
    };

    public static Contract.Explanation Explanation(AccessExplanation explanation) => new(
        explanation.Sentence,
        Pair(explanation.Pair),
        [.. explanation.Options.Select(static option => new Contract.AccessOption(Word.Of(option.Kind), option.Sentence, option.Team is { } team ? Name(team) : null))],
        [.. explanation.Notes.Select(Note)]);

    public static Contract.BlastRadius BlastRadius(BlastRadius radius) => new()
    {
        Sentence = radius.Sentence,
        Ends = radius.Ends,
        Narrows = radius.Narrows,
        Stays = radius.Stays,
        People = radius.People,
        Notes = [.. radius.Notes.Select(Note)],
    };

    public static Contract.Loss Loss(Loss loss) => new()
    {
        Kind = Word.Of(loss.Kind),
        Member = Name(loss.Member),
        Project = loss.Project is { } project ? Name(project) : null,
        Projects = loss.Projects,
        LeftPaths = [.. loss.LeftPaths.Select(Path)],
        LostScopes = loss.LostScopes,
        SelfJoinable = loss.IsSelfJoinable,
    };

    public static Contract.HistoryLine Line(HistoryLine line) => new()
    {
        At = line.At,
        SeenAt = line.SeenAt,
        Sentence = line.Sentence,
        Current = line.IsNow,
        Logged = line.Logged is { } logged
            ? new Contract.LoggedLine(logged.EntryId.ToString(CultureInfo.InvariantCulture), logged.At, logged.Event, logged.Actor, logged.Note)
            : null,
    };

    public static Contract.MemberHistory History(MemberHistory history) => new(
        [.. history.Periods.Select(static fact => new Contract.MemberPeriod(fact.ValidFrom, fact.Period().To, fact.Email, fact.Name, fact.OrgRole, fact.Pending, fact.HasTwoFactor))],
        [.. history.Teams.Select(static fact => new Contract.TeamPeriod(fact.ValidFrom, fact.Period().To, fact.TeamId, fact.TeamRole))]);

    public static Contract.ProjectName Name(ProjectNode project) => new(project.Id, project.Slug, project.Name, project.Platform);

    public static Contract.Note Note(AccessNote note) => new(note.Code, note.Sentence);

    private static Contract.TeamName Name(TeamNode team) => new(team.Id, team.Slug);

    private static Contract.MemberName Name(MemberNode member) => new(member.Id, member.Email, member.Name, member.OrgRole, Word.Of(RowBuilder.StateOf(member)));

    private static Contract.PrincipalReach Reach(NonHumanReach reach) => new(
        reach.Principal.Key, Word.Of(reach.Principal.Kind), reach.Principal.Name, reach.ReachesNow, reach.SendsOnly,
        Path(reach.Path), reach.Obstacle is { } obstacle ? Obstacle(obstacle) : null);

    private static Contract.AccessPath Path(AccessPath path) => new()
    {
        Kind = Word.Of(path.Kind),
        Sentence = path.Sentence,
        Layer = LayerOf(path.Layer),
        OrgRole = path.OrgRole?.Id,
        Team = path.Team is { } team ? Name(team) : null,
        TeamRole = path.TeamRole?.Id,
        Scopes = Scopes(path.Scopes),
    };

    private static Contract.Obstacle Obstacle(Obstacle obstacle) => new(Word.Of(obstacle.Kind), obstacle.Sentence, Word.Of(obstacle.Stops));

    private static string[]? Scopes(ScopeSet? scopes) => scopes is null ? null : [.. scopes];

    private static string LayerOf(AccessLayers layer) => layer switch
    {
        _ when layer.HasFlag(AccessLayers.Held) => "held",
        _ when layer.HasFlag(AccessLayers.Reachable) => "reachable",
        _ when layer.HasFlag(AccessLayers.SelfJoinable) => "self-joinable",
        _ => "unknown",
    };
}
