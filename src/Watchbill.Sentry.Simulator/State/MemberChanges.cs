using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>
/// Changes to members, as if made in Sentry: state, history and audit row together. <c>by</c> is who did it; null is the first owner.
/// No permission is checked here: the HTTP routes do that.
/// </summary>
public static class MemberChanges
{
    /// <summary>Adds a person directly (single sign-on, SCIM or an administrator). An account with that address is reused.</summary>
    public static Member AddMember(this Organization organization, string email, string role = "member", Actor? by = null)
    {
        lock (organization.Gate)
        {
            var member = organization.Enter(email, organization.World.UserOf(email), role);
            organization.Record("member.add", by, member, "joined the organization");
            return member;
        }
    }

    /// <summary>Sends an invitation: a member without a user. Team links are stored at once.</summary>
    public static Member Invite(this Organization organization, string email, string role = "member", IEnumerable<Team>? teams = null, Actor? by = null)
    {
        lock (organization.Gate)
        {
            var member = organization.Enter(email, null, role);
            member.Inviter = (by ?? organization.DefaultActor).User;
            foreach (var team in teams ?? [])
            {
                organization.Link(member, team);
            }

            organization.Record("member.invite", by, member, $"invited member {email}");
            return member;
        }
    }

    /// <summary>The invited person signs up.</summary>
    public static void AcceptInvite(this Organization organization, Member member)
    {
        lock (organization.Gate)
        {
            member.User = organization.World.UserOf(member.Email);
            organization.MemberRows.Refresh(member);
            organization.Record("member.accept-invite", Actor.Of(member.User), member, "accepted the membership invite");
        }
    }

    /// <summary>Sends the invitation's mail again.</summary>
    public static void Reinvite(this Organization organization, Member member, Actor? by = null)
    {
        lock (organization.Gate)
        {
            organization.Record("member.reinvite", by, member, $"reinvited member {member.Email}");
        }
    }

    /// <summary>Sets the organization role. The audit row names the new role only, as in Sentry.</summary>
    public static void ChangeRole(this Organization organization, Member member, string role, Actor? by = null)
    {
        lock (organization.Gate)
        {
            member.Role = Role(role);
            organization.Record("member.edit", by, member, $"edited member {member.Email} (role: {role})");
        }
    }

    /// <summary>Removes the member with all team links, and the invitations it sent that nobody accepted yet.</summary>
    public static void RemoveMember(this Organization organization, Member member, Actor? by = null)
    {
        lock (organization.Gate)
        {
            organization.Drop(member);
            var sent = organization.MemberRows.All.Where(other => other.IsPending && other.Inviter is { } sender && sender == member.User);
            foreach (var invitation in sent.ToArray())
            {
                organization.Drop(invitation);
            }

            var self = by?.User is { } actor && actor == member.User;
            organization.Record("member.remove", by, member, self ? "left the organization" : $"removed member {member.Email}");
        }
    }

    /// <summary>Deactivates or reactivates the account: no audit row, since it happens outside the organization.</summary>
    public static void SetActive(this Organization organization, Member member, bool active)
    {
        lock (organization.Gate)
        {
            if (member.User is { } user)
            {
                user.IsActive = active;
                organization.MemberRows.Refresh(member);
            }
        }
    }

    internal static OrgRole Role(string role) => OrgRole.Find(role) ?? throw new ArgumentException($"'{role}' is not an organization role.", nameof(role));

    /// <summary>Creates the row without an audit entry.</summary>
    internal static Member Enter(this Organization organization, string email, User? user, string role)
    {
        var member = new Member(organization.World.NextMemberId(), email, user) { DateCreated = organization.World.Now, Role = Role(role) };
        organization.MemberRows.Add(member);
        return member;
    }

    /// <summary>Takes the row out without an audit entry.</summary>
    internal static void Drop(this Organization organization, Member member)
    {
        foreach (var link in member.TeamLinks.ToArray())
        {
            organization.Unlink(link);
        }

        organization.Requests.RemoveAll(request => request.Member == member);
        organization.MemberRows.Remove(member);
    }

    internal static void Record(this Organization organization, string name, Actor? by, Member member, string note, Action<JsonObject>? more = null)
    {
        organization.Audit.Append(name, by ?? organization.DefaultActor, row =>
        {
            var details = new JsonObject { ["email"] = member.Email, ["user"] = member.User?.Id, ["role"] = member.Role.Id };
            details["teams"] = new JsonArray([.. member.TeamLinks.Select(link => (JsonNode)link.Team.Id)]);
            details["team_slugs"] = new JsonArray([.. member.TeamLinks.Select(link => (JsonNode)link.Team.Slug)]);
            more?.Invoke(details);
            return row with { Note = note, TargetObject = member.Id, TargetUserId = member.User?.Id, Details = details };
        });
    }
}
