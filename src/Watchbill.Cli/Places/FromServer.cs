using System.Globalization;
using Watchbill.Access;
using Watchbill.Access.Changes;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.History;
using Watchbill.Access.Logged;
using Watchbill.Access.Queries;
using Watchbill.Access.Roles;
using Watchbill.Access.Striking;
using Watchbill.Cli.Input;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Access;

namespace Watchbill.Cli.Places;

/// <summary>What a server says about access, in the product's own types: commands print both alike.</summary>
internal static class FromServer
{
    /// <summary>An answer and what it rests on. Parts that are fresh are told by the oldest of them only.</summary>
    public static Answer<T> Answer<T>(T value, Contract.Freshness freshness)
    {
        var gaps = freshness.Gaps.Select(static gap => new ScopeFreshness(gap.Scope, gap.LastCompleteAt, gap.StaleSince, gap.Reason));
        ScopeFreshness[] fresh = freshness.OldestRead is { } oldest ? [new ScopeFreshness("", oldest, StaleSince: null, StaleReason: null)] : [];
        var more = freshness.GapCount - freshness.Gaps.Count;
        return new Answer<T>(value, freshness.At, new Freshness([.. fresh, .. gaps]))
        {
            Notes = more > 0 ? [new AccessNote("more-gaps", $"{more:N0} more parts are stale or were never read.")] : [],
        };
    }

    public static AccessChange Change(Contract.AccessChange change) => new(change.Kind, change.SubjectId, change.Sentence)
    {
        Cause = change.LoggedAt is { } at ? new ChangeCause(at, change.Actor) : null,
    };

    public static MemberLine Line(Contract.MemberRow row) => new()
    {
        Id = row.Id,
        Email = row.Email,
        Name = row.Name,
        OrgRole = row.OrgRole,
        State = Choices.Parse<MemberState>(row.State),
        HasTwoFactor = row.HasTwoFactor,
        SsoLinked = row.SsoLinked,
        TeamCount = row.Teams,
        LastActive = row.LastActive,
    };

    public static HistoryLine Line(Contract.HistoryLine line, ConnectorId connector) => new(line.SeenAt, line.Sentence, line.Current, line.Logged is { } logged
        ? new LoggedEvent
        {
            ConnectorId = connector,
            EntryId = long.Parse(logged.Id, CultureInfo.InvariantCulture),
            At = logged.At,
            SeenAt = logged.At,
            Event = logged.Event,
            Actor = logged.Actor,
            Note = logged.Note,
        }
        : null);

    public static TeamLine Line(Contract.TeamRow row) => new(row.Id, row.Slug, row.Name, row.IdpProvisioned, row.Members, row.Projects);

    public static ProjectLine Line(Contract.ProjectRow row) => new(row.Id, row.Slug, row.Name, row.Platform, DateCreated: null, row.Teams.Count);

    public static NonHumanFact Fact(Contract.PrincipalRow row) => new()
    {
        Key = row.Key,
        Scope = "",
        Kind = Choices.Parse<NonHumanKind>(row.Kind),
        ExternalId = row.Key[(row.Key.IndexOf(':') + 1)..],
        Name = row.Name,
        Provider = row.Provider,
        IsActive = row.IsActive,
        Scopes = row.Scopes is { } scopes ? string.Join(' ', scopes) : null,
        ProjectId = row.Project?.Id,
        DateCreated = row.DateCreated,
    };

    public static StrikingFact Fact(Contract.StrikingFact fact) => new(fact.Code, Choices.Parse<Gravity>(fact.Gravity), fact.Sentence, fact.Count, fact.SubjectIds);

    public static MemberAccess Access(Contract.MemberDetail detail, IReadOnlyList<Contract.Pair> pairs) => new(
        Member(new Contract.MemberName(detail.Member.Id, detail.Member.Email, detail.Member.Name, detail.Member.OrgRole, detail.Member.State)),
        Role(detail.Member.OrgRole),
        [.. detail.Teams.Select(static place => new MemberTeam(Team(place.Team), TeamRole(place.Role), place.StoredRole, place.Counts))],
        [.. detail.Obstacles.Select(Obstacle)],
        [.. pairs.Select(Pair)])
    {
        Notes = [.. detail.Notes.Select(Note)],
    };

    public static ProjectAccess Access(Contract.ProjectDetail detail, IReadOnlyList<Contract.Pair> pairs) => new(
        new ProjectNode(detail.Project.Id, detail.Project.Slug, detail.Project.Name, detail.Project.Platform),
        [.. detail.Project.Teams.Select(Team)],
        [.. pairs.Select(Pair)],
        [.. detail.NonHumans.Select(Reach)])
    {
        Notes = [.. detail.Notes.Select(Note)],
    };

    public static AccessExplanation Explanation(Contract.Explanation explanation) => new(
        Pair(explanation.Pair),
        [.. explanation.Options.Select(static option => new AccessOption(Choices.Parse<AccessOptionKind>(option.Kind), option.Sentence, option.Team is { } team ? Team(team) : null))])
    {
        Notes = [.. explanation.Notes.Select(Note)],
    };

    public static RemovalReport Report(Contract.BlastRadius radius, IEnumerable<Contract.Loss> losses) => new(
        radius.Sentence, radius.Ends, radius.Narrows, radius.Stays, radius.People, [.. losses.Select(Loss)], [.. radius.Notes.Select(Note)]);

    public static TeamNode Team(Contract.TeamName team) => new(team.Id, team.Slug, team.Slug, IdpProvisioned: false);

    private static Loss Loss(Contract.Loss loss) => new()
    {
        Kind = Choices.Parse<LossKind>(loss.Kind),
        Member = Member(loss.Member),
        Project = loss.Project is { } project ? Project(project) : null,
        Projects = loss.Projects,
        LeftPaths = [.. loss.LeftPaths.Select(Path)],
        LostScopes = loss.LostScopes,
        IsSelfJoinable = loss.SelfJoinable,
    };

    private static ProjectNode Project(Contract.ProjectName project) => new(project.Id, project.Slug, project.Name, project.Platform);

    private static AccessPair Pair(Contract.Pair pair) => new(
        Member(pair.Member), Project(pair.Project), Layers(pair), [.. pair.Paths.Select(Path)], ScopeSet.Of(pair.Scopes))
    {
        Obstacles = [.. pair.Obstacles.Select(Obstacle)],
    };

    private static AccessLayers Layers(Contract.Pair pair) =>
        (pair.Held ? AccessLayers.Held : AccessLayers.None)
        | (pair.Reach is "now" or "tokens-only" ? AccessLayers.Reachable : AccessLayers.None)
        | (pair.SelfJoinable ? AccessLayers.SelfJoinable : AccessLayers.None)
        | (pair.Reach is "unknown" ? AccessLayers.Unknown : AccessLayers.None);

    private static MemberNode Member(Contract.MemberName member) => new()
    {
        Id = member.Id,
        Email = member.Email,
        Name = member.Name,
        OrgRole = member.OrgRole,
        Pending = member.State is "invited" or "invitation-expired",
        Expired = member.State is "invitation-expired",
    };

    private static AccessPath Path(Contract.AccessPath path) => new()
    {
        Kind = Choices.Parse<AccessPathKind>(path.Kind),
        Scopes = path.Scopes is { } scopes ? ScopeSet.Of(scopes) : null,
        OrgRole = path.OrgRole is { } role ? Role(role) : null,
        Team = path.Team is { } team ? Team(team) : null,
        TeamRole = path.TeamRole is { } teamRole ? TeamRole(teamRole) : null,
    };

    private static NonHumanReach Reach(Contract.PrincipalReach reach)
    {
        var path = Path(reach.Path);
        var principal = new NonHumanNode(reach.Key, Choices.Parse<NonHumanKind>(reach.Kind), reach.Name, reach.ReachesNow, path.Scopes, ProjectId: null);
        return new NonHumanReach(principal, path with { Principal = principal }, reach.Obstacle is { } obstacle ? Obstacle(obstacle) : null);
    }

    private static Obstacle Obstacle(Contract.Obstacle obstacle) => new(Choices.Parse<ObstacleKind>(obstacle.Kind));

    private static AccessNote Note(Contract.Note note) => new(note.Code, note.Sentence);

    private static OrgRole Role(string id) => new() { Id = id, Name = id, Scopes = ScopeSet.Empty };

    private static TeamRole TeamRole(string id) => new() { Id = id, Name = id, Scopes = ScopeSet.Empty };
}
