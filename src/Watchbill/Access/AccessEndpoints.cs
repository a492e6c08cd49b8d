using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Access.Changes;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Api;
using Watchbill.Contracts.Access;
using Watchbill.Kernel;
using Watchbill.People;
using Domain = Watchbill.Access.Explore;

namespace Watchbill.Access;

/// <summary>Who can reach what, over HTTP. All answers come from the picture that the console shows too.</summary>
internal static class AccessEndpoints
{
    private const string Tag = "Access";

    /// <summary>Maps them below one connector, whose existence is known by then.</summary>
    public static void Map(RouteGroupBuilder connector)
    {
        var group = connector.MapGroup("").Needs(Right.ReadAccess).WithTags(Tag);
        MapOrganization(group);
        MapMembers(group);
        MapTeams(group);
        MapProjects(group);
        MapPrincipals(group);
    }

    private static void MapOrganization(RouteGroupBuilder group)
    {
        group.MapGet("/overview", ([AsParameters] PictureEndpoints ask, [AsParameters] InstantQuery query) =>
                ask.AnswerAsync(query.At, static picture => Result.Of(AccessContracts.Overview(picture))))
            .WithName("getOverview").WithSummary("How much access there is, and what is most striking about it");
        group.MapGet("/why", ([AsParameters] PictureEndpoints ask, [AsParameters] WhyQuery query) =>
                ask.AnswerAsync(query.At, picture => Why(picture, query)))
            .WithName("explainAccess").WithSummary("Why a member reaches a project, or why not and what would give it");
        group.MapGet("/blast-radius", ([AsParameters] PictureEndpoints ask, [AsParameters] BlastRadiusQuery query) =>
                ask.AnswerAsync(query.At, picture => RemovalLookup.BlastRadius(picture, AccessSearches.Of(query)).Select(AccessContracts.BlastRadius)))
            .WithName("getBlastRadius").WithSummary("What taking something away in Sentry would take away, before anybody does it");
        group.MapGet("/blast-radius/losses", ([AsParameters] PictureEndpoints ask, [AsParameters] LossQuery query) =>
                ask.TableAsync(
                    query, query.At, picture => RemovalLookup.BlastRadius(picture, AccessSearches.Of(query)).Select(static radius => radius.Losses), AccessContracts.Loss))
            .WithName("listLosses").WithSummary("The accesses that taking something away would touch, those that end first");
        group.MapGet("/changes", ([AsParameters] PictureEndpoints ask, [AsParameters] ChangeQuery query, ExplainChanges explain) => ask.ChangesAsync(query, explain))
            .WithName("listChanges").WithSummary("What changed between two instants, and who changed it where Sentry logged it");
        group.MapGet("/history", ([AsParameters] PictureEndpoints ask, [AsParameters] HistoryQuery query, AccessHistory history) => ask.HistoryAsync(history, query))
            .WithName("listHistory").WithSummary("What began, changed and ended for one member, one team or one project, newest first; who did it where Sentry logged it");
        group.MapGet("/search", (long connector, [AsParameters] SearchQuery query, ExploreAccess explore, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(explore.SearchAsync(caller, new ConnectorId(connector), query.Text, cancellationToken), Hits))
            .WithName("search").WithSummary("Members, teams, projects and other principals whose name holds the words; at most 25 of a kind");
    }

    private static void MapMembers(RouteGroupBuilder group)
    {
        group.MapGet("/members", ([AsParameters] PictureEndpoints ask, [AsParameters] MemberQuery query) =>
                ask.TableAsync(query, query.At, picture => Result.Of(MemberTable.Of(picture, AccessSearches.Of(query))), AccessContracts.Row))
            .WithName("listMembers").WithSummary("Members and invitations");
        group.MapGet("/members/{member}", ([AsParameters] PictureEndpoints ask, string member, [AsParameters] InstantQuery query) =>
                ask.AnswerAsync(query.At, picture => Member(picture, member)))
            .WithName("getMember").WithSummary("A member by id, address or a part of the name that fits one only");
        group.MapGet("/members/{member}/projects", ([AsParameters] PictureEndpoints ask, string member, [AsParameters] PairQuery query) =>
                ask.TableAsync(query, query.At, picture => ProjectsOf(picture, member, query), AccessContracts.Pair))
            .WithName("listProjectsOfMember").WithSummary("The projects that something leads the member to, with every way");
        group.MapGet("/members/{member}/history", (long connector, string member, AccessHistory history, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(history.OfMemberAsync(caller, new ConnectorId(connector), member, cancellationToken), AccessContracts.History))
            .WithName("getMemberHistory").WithSummary("What was ever known of the member with this id, oldest first");
    }

    private static void MapTeams(RouteGroupBuilder group)
    {
        group.MapGet("/teams", ([AsParameters] PictureEndpoints ask, [AsParameters] TeamQuery query) =>
                ask.TableAsync(query, query.At, picture => Result.Of(TeamTable.Of(picture, AccessSearches.Of(query))), AccessContracts.Row))
            .WithName("listTeams").WithSummary("Teams");
        group.MapGet("/teams/{team}", ([AsParameters] PictureEndpoints ask, string team, [AsParameters] InstantQuery query) =>
                ask.AnswerAsync(query.At, picture => Team(picture, team)))
            .WithName("getTeam").WithSummary("A team by id, slug or a part of the name that fits one only");
        group.MapGet("/teams/{team}/members", ([AsParameters] PictureEndpoints ask, string team, [AsParameters] InstantPageQuery query) =>
                ask.TableAsync(query, query.At, picture => Of(picture, team, static access => access.Members), AccessContracts.Member))
            .WithName("listMembersOfTeam").WithSummary("A team's members with the role in effect");
        group.MapGet("/teams/{team}/projects", ([AsParameters] PictureEndpoints ask, string team, [AsParameters] InstantPageQuery query) =>
                ask.TableAsync(query, query.At, picture => Of(picture, team, static access => access.Projects), AccessContracts.Name))
            .WithName("listProjectsOfTeam").WithSummary("The projects that a team owns");
    }

    private static void MapProjects(RouteGroupBuilder group)
    {
        group.MapGet("/projects", ([AsParameters] PictureEndpoints ask, [AsParameters] ProjectQuery query) =>
                ask.TableAsync(query, query.At, picture => Result.Of(ProjectTable.Of(picture, AccessSearches.Of(query))), AccessContracts.Row))
            .WithName("listProjects").WithSummary("Projects");
        group.MapGet("/projects/{project}", ([AsParameters] PictureEndpoints ask, string project, [AsParameters] InstantQuery query) =>
                ask.AnswerAsync(query.At, picture => Project(picture, project)))
            .WithName("getProject").WithSummary("A project by id, slug or a part of the name that fits one only, and which principals that are no persons reach it");
        group.MapGet("/projects/{project}/members", ([AsParameters] PictureEndpoints ask, string project, [AsParameters] PairQuery query) =>
                ask.TableAsync(query, query.At, picture => MembersOf(picture, project, query), AccessContracts.Pair))
            .WithName("listMembersOfProject").WithSummary("The members that something leads to the project, with every way");
    }

    private static void MapPrincipals(RouteGroupBuilder group)
    {
        group.MapGet("/non-human", ([AsParameters] PictureEndpoints ask, [AsParameters] PrincipalQuery query) =>
                ask.TableAsync(query, query.At, picture => Result.Of(NonHumanTable.Of(picture, AccessSearches.Of(query))), AccessContracts.Row))
            .WithName("listNonHuman").WithSummary("Integrations, tokens and keys");
        group.MapGet("/non-human/{key}", ([AsParameters] PictureEndpoints ask, string key, [AsParameters] InstantQuery query) =>
                ask.AnswerAsync(query.At, picture => Principal(picture, key)))
            .WithName("getNonHuman").WithSummary("An integration, token or key by its key");
    }

    private static IReadOnlyList<Contracts.Access.SearchHit> Hits(IReadOnlyList<Domain.SearchHit> hits) =>
        [.. hits.Select(static hit => new Contracts.Access.SearchHit(Word.Of(hit.Kind), hit.Id, hit.Name, hit.Detail))];

    private static Result<Explanation> Why(OrganizationPicture picture, WhyQuery query)
    {
        var member = PictureLookup.Member(picture, query.Member);
        var project = PictureLookup.Project(picture, query.Project);
        return (member.Refusal ?? project.Refusal) is { } refusal
            ? refusal
            : AccessContracts.Explanation(new EffectiveAccess(picture.Graph).Why(member.Value.Id, project.Value.Id)!);
    }

    private static Result<MemberDetail> Member(OrganizationPicture picture, string text)
    {
        var found = PictureLookup.Member(picture, text);
        return found.Succeeded
            ? AccessContracts.Detail(picture.Members.First(row => row.Member.Id == found.Value.Id), new EffectiveAccess(picture.Graph).OfMember(found.Value.Id)!)
            : found.Refusal!;
    }

    private static Result<ProjectDetail> Project(OrganizationPicture picture, string text)
    {
        var found = PictureLookup.Project(picture, text);
        return found.Succeeded
            ? AccessContracts.Detail(picture.Projects.First(row => row.Project.Id == found.Value.Id), new EffectiveAccess(picture.Graph).WhoReaches(found.Value.Id)!)
            : found.Refusal!;
    }

    private static Result<TeamDetail> Team(OrganizationPicture picture, string text)
    {
        var found = PictureLookup.Team(picture, text);
        return found.Succeeded
            ? new TeamDetail(
                AccessContracts.Row(picture.Teams.First(row => row.Team.Id == found.Value.Id)),
                [.. new EffectiveAccess(picture.Graph).OfTeam(found.Value.Id)!.Notes.Select(AccessContracts.Note)])
            : found.Refusal!;
    }

    private static Result<PrincipalRow> Principal(OrganizationPicture picture, string key) =>
        picture.NonHumans.FirstOrDefault(row => row.Principal.Key == key) is { } found
            ? AccessContracts.Row(found)
            : new Refusal(RefusalKind.NotFound, "principal-not-found", $"No integration, token or key has the key '{key}' at that time.");

    private static Result<IReadOnlyList<AccessPair>> ProjectsOf(OrganizationPicture picture, string member, PairQuery query)
    {
        var found = PictureLookup.Member(picture, member);
        return found.Succeeded
            ? Result.Of<IReadOnlyList<AccessPair>>([.. new EffectiveAccess(picture.Graph).OfMember(found.Value.Id)!.Projects
                .Where(pair => (query.Held is not { } held || pair.IsHeld == held) && Ordering.Contains(query.Text, pair.Project.Slug, pair.Project.Name))])
            : found.Refusal!;
    }

    private static Result<IReadOnlyList<AccessPair>> MembersOf(OrganizationPicture picture, string project, PairQuery query)
    {
        var found = PictureLookup.Project(picture, project);
        return found.Succeeded
            ? Result.Of<IReadOnlyList<AccessPair>>([.. new EffectiveAccess(picture.Graph).WhoReaches(found.Value.Id)!.Members
                .Where(pair => (query.Held is not { } held || pair.IsHeld == held) && Ordering.Contains(query.Text, pair.Member.Email, pair.Member.Name))])
            : found.Refusal!;
    }

    private static Result<IReadOnlyList<T>> Of<T>(OrganizationPicture picture, string team, Func<TeamAccess, IReadOnlyList<T>> list)
    {
        var found = PictureLookup.Team(picture, team);
        return found.Succeeded ? Result.Of(list(new EffectiveAccess(picture.Graph).OfTeam(found.Value.Id)!)) : found.Refusal!;
    }
}
