using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Auditing;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>
/// The audit rows that must exist because the generated state exists: creations and joinings, at the times the state carries. Kept as one
/// small struct per row; the newest rows win when the asked-for size is smaller. Slugs and addresses are those of the start.
/// </summary>
internal sealed class GeneratedHistory : IAuditSource
{
    private readonly Moment[] moments;
    private readonly User? owner;

    public GeneratedHistory(Draft draft)
    {
        owner = draft.Organization.Fixtures.Owner.User;
        Moment[] all = [.. Moments(draft.Organization).OrderBy(moment => moment.Time).ThenBy(moment => moment.Event, StringComparer.Ordinal)];
        moments = all[Math.Max(0, all.Length - draft.Size.AuditRows)..];
    }

    public int Count => moments.Length;

    public AuditHead Head(int index) => new(moments[index].Time, moments[index].Event, ActorOf(moments[index]).User?.Id);

    public AuditRow Row(int index)
    {
        var moment = moments[index];
        var row = new AuditRow((2 * index) + 1, moment.Event, ActorOf(moment), moment.Time);
        return moment.Subject switch
        {
            Member member => OfMember(row, member),
            Membership link => OfLink(row, link, moment.Label),
            PastMembership past => OfPast(row, past),
            Team team => row with { Note = "created team " + moment.Label, TargetObject = team.Id, Details = Named(moment.Label) },
            Project project => row with { Note = "created project " + moment.Label, TargetObject = project.Id, Details = Named(moment.Label) },
            _ => row with { Note = "created the organization", Details = Named(moment.Label) },
        };
    }

    private static AuditRow OfMember(AuditRow row, Member member) => row with
    {
        Note = row.Event == "member.invite" ? "invited member " + member.Email : "joined the organization",
        TargetObject = member.Id,
        TargetUserId = member.User?.Id,
        Details = new JsonObject { ["email"] = member.Email, ["user"] = member.User?.Id, ["teams"] = new JsonArray(), ["team_slugs"] = new JsonArray() },
    };

    private static AuditRow OfLink(AuditRow row, Membership link, string teamSlug) => row with
    {
        Note = AuditNotes.TeamMove("added", link.Member.Email, teamSlug),
        TargetObject = link.Id,
        TargetUserId = link.Member.User?.Id,
        Details = new JsonObject { ["email"] = link.Member.Email, ["team_slug"] = teamSlug },
    };

    private static AuditRow OfPast(AuditRow row, PastMembership past) => row with
    {
        Note = AuditNotes.TeamMove(row.Event == "member.join-team" ? "added" : "removed", past.Email, past.TeamSlug),
        TargetObject = past.Id,
        TargetUserId = past.UserId,
        Details = new JsonObject { ["email"] = past.Email, ["team_slug"] = past.TeamSlug },
    };

    private static JsonObject Named(string slug) => new() { ["slug"] = slug };

    private static IEnumerable<Moment> Moments(Organization organization)
    {
        yield return new Moment(organization.DateCreated, "org.create", organization, organization.Slug);
        foreach (var team in organization.TeamRows.InSlugOrder)
        {
            yield return new Moment(team.DateCreated, "team.create", team, team.Slug);
        }

        foreach (var project in organization.ProjectRows.InSlugOrder)
        {
            yield return new Moment(project.DateCreated, "project.create", project, project.Slug);
        }

        foreach (var past in organization.EndedMemberships)
        {
            yield return new Moment(past.From, "member.join-team", past, past.TeamSlug);
            yield return new Moment(past.To, "member.leave-team", past, past.TeamSlug);
        }

        foreach (var member in organization.MemberRows.All)
        {
            yield return new Moment(member.DateCreated, member.IsPending ? "member.invite" : "member.add", member, "");
            foreach (var link in member.TeamLinks)
            {
                yield return new Moment(link.Since, "member.join-team", link, link.Team.Slug);
            }
        }
    }

    private Actor ActorOf(Moment moment) => (moment.Subject is Member { Inviter: { } inviter } ? inviter : owner) is { } user ? Actor.Of(user) : Actor.System;

    private readonly record struct Moment(DateTimeOffset Time, string Event, object Subject, string Label);
}
