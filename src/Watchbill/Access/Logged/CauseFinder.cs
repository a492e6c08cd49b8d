using Watchbill.Access.Facts;
using Watchbill.Kernel;

namespace Watchbill.Access.Logged;

/// <summary>
/// Finds the line of Sentry's audit log that explains why a fact began or ended between two reads. It names a line only when the line is about just that
/// member, team or project; when several are, the last one before the read. What no line explains keeps the time of the read alone: changes made through SCIM
/// leave no line.
/// </summary>
internal sealed class CauseFinder(ConnectorId connector, IReadOnlyList<LoggedEvent> events, NamesAtHand names)
{
    /// <summary>Sentry's clock and ours may differ by so much, and a line may be written so long after the change.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    private readonly ILookup<string, LoggedEvent> _byEvent = events.ToLookup(static logged => logged.Event, StringComparer.Ordinal);

    /// <summary>The line that explains a change; null when none does.</summary>
    public FactCause? Of(FactChangeSeen change)
    {
        var line = Candidates(change).Where(logged => logged.At > change.After - Slack && logged.At <= change.At + Slack).MaxBy(static logged => (logged.At, logged.EntryId));
        return line is null ? null : new FactCause
        {
            ConnectorId = connector,
            Kind = FactKinds.Of(change.Fact),
            Key = change.Fact.Key,
            At = change.At,
            IsEnd = change.IsEnd,
            EntryId = line.EntryId,
        };
    }

    private IEnumerable<LoggedEvent> Candidates(FactChangeSeen change) => (change.Fact, change.IsEnd, change.GoesOn) switch
    {
        (MemberFact member, _, true) => About(member, "member.edit", "member.accept-invite", "sso-identity.link"),
        (MemberFact member, false, _) => About(member, "member.add", "member.invite", "member.accept-invite"),
        (MemberFact member, true, _) => About(member, "member.remove", "invite.remove"),
        (TeamMembershipFact place, _, true) => RoleOf(place),
        (TeamMembershipFact place, false, _) => Place(place, "member.join-team", "member.add", "member.invite", "member.edit"),
        (TeamMembershipFact place, true, _) => Place(place, "member.leave-team").Concat(OfMember(place.MemberId, "member.remove")).Concat(Touching(place.TeamId, "team.remove")),
        (TeamFact team, _, true) => Touching(team.Key, "team.edit"),
        (TeamFact team, false, _) => Touching(team.Key, "team.create", "team-and-project.created"),
        (TeamFact team, true, _) => Touching(team.Key, "team.remove"),
        (ProjectFact project, _, true) => Touching(project.Key, "project.edit"),
        (ProjectFact project, false, _) => Touching(project.Key, "project.create", "project.create-with-origin", "project.accept-transfer"),
        (ProjectFact project, true, _) => Touching(project.Key, "project.remove", "project.remove-with-origin"),
        (ProjectTeamFact link, false, _) => Link(link, "project-team.add").Concat(Touching(link.ProjectId, "project.create")),
        (ProjectTeamFact link, true, _) => Link(link, "project-team.remove").Concat(Touching(link.ProjectId, "project.remove")).Concat(Touching(link.TeamId, "team.remove")),
        (OrganizationFact, _, true) => Named("org.edit"),
        (NonHumanFact principal, false, false) => OfPrincipal(principal, CreatedBy(principal.Kind)),
        (NonHumanFact principal, true, false) => OfPrincipal(principal, RemovedBy(principal.Kind)),
        (NonHumanFact principal, _, true) => OfPrincipal(principal, ChangedBy(principal.Kind)),
        _ => [],
    };

    private IEnumerable<LoggedEvent> Named(params string[] names) => names.SelectMany(name => _byEvent[name]);

    private IEnumerable<LoggedEvent> Touching(string id, params string[] events) => Named(events).Where(logged => logged.TargetObject == id);

    private IEnumerable<LoggedEvent> About(MemberFact member, params string[] events) => Named(events).Where(logged =>
        logged.TargetObject == member.Key || (logged.TargetObject is null && logged.Email is { } email && email.Equals(member.Email, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Keys are named by their public part, tokens and apps by their names: Sentry's ids of those are not in the line, or are somebody else's.</summary>
    private IEnumerable<LoggedEvent> OfPrincipal(NonHumanFact principal, string[] events) => Named(events).Where(logged => principal.Kind is NonHumanKind.Integration
        ? logged.TargetObject == principal.ExternalId
        : logged.Subject is { } subject && (subject == principal.ExternalId || subject == principal.Name || subject == principal.Slug));

    private static string[] CreatedBy(NonHumanKind kind) => kind switch
    {
        NonHumanKind.ClientKey => ["projectkey.create"],
        NonHumanKind.OrganizationToken => ["org-auth-token.create"],
        NonHumanKind.InternalIntegration => ["internal-integration.create"],
        NonHumanKind.PublicApp => ["sentry-app.install", "sentry-app.add"],
        NonHumanKind.Integration => ["integration.add"],
    };

    private static string[] RemovedBy(NonHumanKind kind) => kind switch
    {
        NonHumanKind.ClientKey => ["projectkey.remove"],
        NonHumanKind.OrganizationToken => ["org-auth-token.remove"],
        NonHumanKind.InternalIntegration => ["internal-integration.disable", "sentry-app.remove"],
        NonHumanKind.PublicApp => ["sentry-app.uninstall", "sentry-app.remove"],
        NonHumanKind.Integration => ["integration.remove"],
    };

    private static string[] ChangedBy(NonHumanKind kind) => kind switch
    {
        NonHumanKind.ClientKey => ["projectkey.edit", "projectkey.change"],
        NonHumanKind.Integration => ["integration.edit", "integration.disable", "integration.upgrade"],
        _ => [],
    };

    private IEnumerable<LoggedEvent> OfMember(string memberId, params string[] events) => Touching(memberId, events);

    /// <summary>Lines that name both the person and the team.</summary>
    private IEnumerable<LoggedEvent> Place(TeamMembershipFact place, params string[] events) =>
        names.SlugOfTeam(place.TeamId) is { } slug ? Named(events).Where(logged => logged.Names(slug) && IsAbout(logged, place.MemberId)) : [];

    /// <summary>A change of the role in a team is an edit of the member that tells the role in just this team.</summary>
    private IEnumerable<LoggedEvent> RoleOf(TeamMembershipFact place) => Place(place, "member.edit").Where(static logged => logged.TeamRole is not null);

    private IEnumerable<LoggedEvent> Link(ProjectTeamFact link, params string[] events) =>
        names.SlugOfTeam(link.TeamId) is { } slug ? Touching(link.ProjectId, events).Where(logged => logged.Names(slug)) : [];

    private bool IsAbout(LoggedEvent logged, string memberId) =>
        logged.TargetObject == memberId
        || (names.Member(memberId) is { } member
            && ((logged.TargetUserId is { } user && user == member.UserId) || (logged.Email is { } email && email.Equals(member.Email, StringComparison.OrdinalIgnoreCase))));
}

/// <summary>A beginning or an end that a run applied.</summary>
/// <param name="Fact">What began or ended.</param>
/// <param name="At">When the read saw it.</param>
/// <param name="After">When the read before began, which did not see it.</param>
/// <param name="IsEnd">It ended; it began otherwise.</param>
/// <param name="GoesOn">The same thing ended and began again at that instant: an attribute changed.</param>
internal sealed record FactChangeSeen(Fact Fact, DateTimeOffset At, DateTimeOffset After, bool IsEnd, bool GoesOn);

/// <summary>Who and what the ids stand for, around the time of a run: what it closed is still known.</summary>
internal sealed record NamesAtHand(IReadOnlyDictionary<string, MemberFact> Members, IReadOnlyDictionary<string, string> TeamSlugs)
{
    public MemberFact? Member(string id) => Members.GetValueOrDefault(id);

    public string? SlugOfTeam(string id) => TeamSlugs.GetValueOrDefault(id);
}
