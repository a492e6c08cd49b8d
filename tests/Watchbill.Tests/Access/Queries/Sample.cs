using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Tests.Access.Queries;

/// <summary>Facts in a few words: of the test connector, open since day 1.</summary>
internal static class Sample
{
    public static OrganizationFact Organization(bool? openMembership = false) =>
        new OrganizationFact { Scope = Scope.Organization, Key = "1", Slug = "acme", Name = "Acme", OpenMembership = openMembership, HasTeamRoles = true }.During();

    public static MemberFact Member(string id, string name, string role = "member") => new MemberFact
    {
        Scope = Scope.Members,
        Key = id,
        UserId = $"9{id}",
        Email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.com",
        Name = name,
        OrgRole = role,
        UserIsActive = true,
        HasTwoFactor = true,
    }.During();

    public static TeamFact Team(string id, string slug) => new TeamFact { Scope = Scope.Teams, Key = id, Slug = slug, Name = slug }.During();

    public static ProjectFact Project(string id, string slug, string? platform = null) =>
        new ProjectFact { Scope = Scope.Projects, Key = id, Slug = slug, Name = slug, Platform = platform }.During();

    public static TeamMembershipFact Membership(string teamId, string memberId, string? role = null) => new TeamMembershipFact
    {
        Scope = Scope.TeamMembers(teamId),
        Key = TeamMembershipFact.KeyOf(teamId, memberId),
        TeamId = teamId,
        MemberId = memberId,
        TeamRole = role,
    }.During();

    public static ProjectTeamFact Link(string projectId, string teamId) => new ProjectTeamFact
    {
        Scope = Scope.Projects,
        Key = ProjectTeamFact.KeyOf(projectId, teamId),
        ProjectId = projectId,
        TeamId = teamId,
    }.During();

    public static NonHumanFact NonHuman(NonHumanKind kind, string id, string name, string? scopes, bool? active = true) => new NonHumanFact
    {
        Scope = Scope.SentryApps,
        Key = NonHumanFact.KeyOf(kind, id),
        Kind = kind,
        ExternalId = id,
        Name = name,
        Scopes = scopes,
        IsActive = active,
    }.During();

    /// <summary>Sets the period, in days.</summary>
    public static TFact During<TFact>(this TFact fact, int from = 1, int? to = null)
        where TFact : Fact
    {
        fact.ConnectorId = AccessDatabase.Connector;
        fact.ValidFrom = AccessDatabase.Day(from);
        fact.ValidTo = to is { } end ? AccessDatabase.Day(end) : Conventions.OpenEnd;
        fact.FirstRun = new SyncRunId(1);
        fact.Seal(new FingerprintBuilder());
        return fact;
    }
}
