using System.Text.Json.Nodes;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>Changes to teams and memberships, as if made in Sentry. <c>by</c> is who did it; null is the first owner.</summary>
public static class TeamChanges
{
    /// <summary>Creates a team without members.</summary>
    /// <exception cref="ArgumentException">The slug is taken.</exception>
    public static Team CreateTeam(this Organization organization, string slug, string? name = null, Actor? by = null)
    {
        lock (organization.Gate)
        {
            var world = organization.World;
            var team = new Team { Id = world.NextId(), Slug = slug, Name = name ?? slug, DateCreated = world.Now };
            organization.TeamRows.Add(team);
            organization.Record("team.create", by, team, $"created team {slug}");
            return team;
        }
    }

    public static void RenameTeam(this Organization organization, Team team, string slug, string? name = null, Actor? by = null)
    {
        lock (organization.Gate)
        {
            organization.TeamRows.Rename(team, slug);
            team.Name = name ?? team.Name;
            organization.Record("team.edit", by, team, $"edited team {slug}");
        }
    }

    /// <summary>Deletes the team; its projects lose the link and its memberships end.</summary>
    public static void DeleteTeam(this Organization organization, Team team, Actor? by = null)
    {
        lock (organization.Gate)
        {
            foreach (var link in team.Links.Values.ToArray())
            {
                organization.Unlink(link);
            }

            foreach (var project in team.OwnedProjects)
            {
                project.OwningTeams.Remove(team);
            }

            organization.Requests.RemoveAll(request => request.Team == team);
            organization.TeamRows.Remove(team);
            organization.Record("team.remove", by, team, $"removed team {team.Slug}");
        }
    }

    /// <summary>Puts the member on the team. False when it was on it before; then nothing is written.</summary>
    public static bool JoinTeam(this Organization organization, Member member, Team team, Actor? by = null)
    {
        lock (organization.Gate)
        {
            if (member.On(team) is not null)
            {
                return false;
            }

            var link = organization.Link(member, team);
            organization.Requests.RemoveAll(request => request.Member == member && request.Team == team);
            organization.Record("member.join-team", by, link, member.User is { } user && by?.User == user ? "joined" : "added");
            return true;
        }
    }

    /// <summary>Takes the member off the team. False when it was not on it; then nothing is written.</summary>
    public static bool LeaveTeam(this Organization organization, Member member, Team team, Actor? by = null)
    {
        lock (organization.Gate)
        {
            if (member.On(team) is not { } link)
            {
                return false;
            }

            organization.Unlink(link);
            organization.Record("member.leave-team", by, link, member.User is { } user && by?.User == user ? "left" : "removed");
            return true;
        }
    }

    /// <summary>Files the wish to join; asking again changes nothing.</summary>
    public static AccessRequest FileAccessRequest(this Organization organization, Member member, Team team, User? requester = null)
    {
        lock (organization.Gate)
        {
            if (organization.Requests.Find(request => request.Member == member && request.Team == team) is { } filed)
            {
                return filed;
            }

            var wish = new AccessRequest(organization.World.NextId(), member, team, requester);
            organization.Requests.Add(wish);
            return wish;
        }
    }

    /// <summary>Stores a team role (null = the minimum of the organization role).</summary>
    public static void ChangeTeamRole(this Organization organization, Membership link, string? role, Actor? by = null)
    {
        lock (organization.Gate)
        {
            link.Role = role;
            organization.Record("member.edit", by, link.Member, $"edited member {link.Member.Email} (team role: {role ?? "none"})", details =>
            {
                details["team_slug"] = link.Team.Slug;
                details["team_role"] = role;
            });
        }
    }

    /// <summary>Links without an audit entry.</summary>
    internal static Membership Link(this Organization organization, Member member, Team team)
    {
        var link = new Membership { Id = organization.World.NextId(), Member = member, Team = team, Since = organization.World.Now };
        member.TeamLinks.Add(link);
        team.Links.Add(member.Id, link);
        return link;
    }

    /// <summary>Ends a membership and keeps its interval, without an audit entry.</summary>
    internal static void Unlink(this Organization organization, Membership link, DateTimeOffset? at = null)
    {
        link.Member.TeamLinks.Remove(link);
        link.Team.Links.Remove(link.Member.Id);
        var (member, team) = (link.Member, link.Team);
        organization.EndedMemberships.Add(new PastMembership(link.Id, member.Id, team.Id, link.Since, at ?? organization.World.Now)
        {
            UserId = member.User?.Id,
            Email = member.Email,
            TeamSlug = team.Slug,
        });
    }

    private static void Record(this Organization organization, string name, Actor? by, Team team, string note) =>
        organization.Audit.Append(name, by ?? organization.DefaultActor, row => row with
        {
            Note = note,
            TargetObject = team.Id,
            Details = new JsonObject { ["slug"] = team.Slug, ["name"] = team.Name, ["status"] = 0 },
        });

    private static void Record(this Organization organization, string name, Actor? by, Membership link, string verb) =>
        organization.Audit.Append(name, by ?? organization.DefaultActor, row => row with
        {
            Note = AuditNotes.TeamMove(verb, link.Member.Email, link.Team.Slug),
            TargetObject = link.Id,
            TargetUserId = link.Member.User?.Id,
            Details = new JsonObject { ["email"] = link.Member.Email, ["team_slug"] = link.Team.Slug },
        });
}
