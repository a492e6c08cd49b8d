using Watchbill.Kernel;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Every "no" that a change may answer: what is known before anything is sent, with the way out.</summary>
public static class ProvisioningRefusals
{
    public static Refusal NoSuchKind(string kind) => new(
        RefusalKind.Invalid, "change-kind-unknown", $"There is no change '{kind}'; there are {string.Join(", ", Enum.GetValues<ChangeKind>().Select(Word.Of))}.");

    public static Refusal NoSuchState(string state) => new(
        RefusalKind.Invalid, "provisioning-state-unknown", $"No change is ever in the state '{state}'; they are {string.Join(", ", Enum.GetValues<ProvisioningState>().Select(Word.Of))}.");

    public static Refusal Incomplete(string why) => new(RefusalKind.Invalid, "change-incomplete", why);

    public static Refusal SwitchedOff(string connector) => new(
        RefusalKind.Conflict, "writing-off", $"Watchbill changes nothing in the source {connector}, until somebody who manages sources switches that on: watchbill provisioning on.");

    public static Refusal NoSuchTask(ProvisioningTaskId id) => new(RefusalKind.NotFound, "provisioning-task-not-found", $"There is no change {id}.");

    public static Refusal AlreadyAsked(ProvisioningTaskId id) => new(
        RefusalKind.Conflict, "change-already-asked", $"The same change was asked for already, as {id}, and is not made yet.");

    public static Refusal AlreadySo(string state) => new(RefusalKind.Conflict, "change-not-needed", $"There is nothing to change: {state}");

    public static Refusal CannotRetry(ProvisioningTaskId id) => new(
        RefusalKind.Conflict, "change-not-escalated", $"The change {id} does not wait for a person; it is being made, proven or withdrawn.");

    public static Refusal CannotWithdraw(ProvisioningTaskId id) => new(
        RefusalKind.Conflict, "change-not-open", $"The change {id} is being made at this moment, or has ended; it cannot be taken back any more.");

    public static Refusal NotNow(string why) => new(RefusalKind.Unavailable, "sentry-out-of-reach", why);

    public static Refusal WriterCannotRead(string why) => new(
        RefusalKind.Conflict, "writer-unusable", $"The token that changes are made with does not work: {why}");

    public static Refusal RefusedBySentry(string why) => new(RefusalKind.Conflict, "refused-by-sentry", $"Sentry refuses it. {why}");

    public static Refusal NoSuchMember() => new(RefusalKind.NotFound, "member-gone", "Sentry has no such member any more.");

    public static Refusal NoSuchTeam() => new(RefusalKind.NotFound, "team-gone", "Sentry has no such team any more.");

    public static Refusal NoSuchProject() => new(RefusalKind.NotFound, "project-gone", "Sentry has no such project any more.");

    public static Refusal NoSuchRole(string role) => new(RefusalKind.Invalid, "role-unknown", $"The organization has no role {role}.");

    public static Refusal RetiredRole(string role) => new(
        RefusalKind.Invalid, "role-retired", $"Sentry does not hand out the role {role} any more; a role on a team takes its place.");

    public static Refusal NoTeamRoles() => new(
        RefusalKind.Conflict, "no-team-roles", "The organization's plan knows no roles on teams: Sentry would answer as if it had changed something and change nothing.");

    public static Refusal RoleGivesMore(string orgRole, string teamRole) => new(
        RefusalKind.Conflict, "org-role-gives-more", $"The organization role {orgRole} gives {teamRole} on every team; only another organization role takes that away.");

    public static Refusal NoTeamsForRole(string role) => new(
        RefusalKind.Conflict, "role-without-teams", $"Whoever has the role {role} cannot be on teams. Give another role first.");

    public static Refusal NotOnTeam() => new(RefusalKind.Conflict, "member-not-on-team", "The member is not on the team, and so has no role there.");

    public static Refusal LastOwner() => new(
        RefusalKind.Conflict, "last-owner", "This is the only owner of the organization; make somebody else an owner first.");

    public static Refusal OwnAccount() => new(
        RefusalKind.Conflict, "own-account", "The token for changes belongs to this very member: Sentry lets nobody change their own role, and whoever removes themselves ends the token. Use another owner's token.");

    public static Refusal Outranked(string mine, string theirs) => new(
        RefusalKind.Conflict, "outranked", $"The token for changes belongs to somebody with the role {mine}, who may not decide about the role {theirs}. Use an owner's token.");

    public static Refusal NeedsPerson(string what) => new(
        RefusalKind.Conflict, "needs-person", $"Sentry lets no integration {what}. Give the source a second token for changes, a personal one of an owner, or switch SCIM on in the single sign-on settings.");

    public static Refusal NeedsScope(string scopes) => new(
        RefusalKind.Conflict, "needs-scope", $"The token for changes lacks the scope {scopes}.");

    public static Refusal ManagedMember() => new(
        RefusalKind.Conflict, "idp-managed-member", "The identity provider manages this member, and Sentry lets only SCIM remove it. Remove them in the identity provider, or use a token that may use SCIM (member:admin).");

    public static Refusal ManagedTeam() => new(
        RefusalKind.Conflict, "idp-managed-team", "The identity provider manages this team, and Sentry lets only SCIM change who is on it. Change the group in the identity provider, or use a token that may use SCIM (team:write).");

    public static Refusal PartnerManaged() => new(
        RefusalKind.Conflict, "partner-managed", "A partner manages this member; Sentry lets nobody else change it until the partnership ends.");

    public static Refusal NotAnInvitation() => new(
        RefusalKind.Conflict, "not-an-invitation", "The invitation was accepted: this is a member now, and taking an invitation back must not remove one.");

    public static Refusal OnlyMembersInvited() => new(
        RefusalKind.Conflict, "invites-members-only", "Integrations may only invite with the role member. Use a personal token of an owner, or invite as member and change the role later.");

    public static Refusal ScimCannotInvite(string role) => new(
        RefusalKind.Conflict, "scim-role-refused", $"Through SCIM nobody becomes {role}, and owners stay owners. Use a personal token of an owner.");

    public static Refusal ChangedMeanwhile(string expected, string found) => new(
        RefusalKind.Conflict, "changed-meanwhile", $"Somebody changed it meanwhile: it was to be changed from {expected}, and is {found} now. Ask again if it is still wanted.");

    public static Refusal TeamsLost(IReadOnlyList<string> teams) => new(
        RefusalKind.Conflict, "teams-lost", $"The role is as it should be, but the member lost teams at the same time: {string.Join(", ", teams)}. Put them back, or accept it by taking this change back.");

    public static Refusal OnlyRequested() => new(
        RefusalKind.Conflict, "join-only-requested", "Sentry only filed a request to join, which somebody must approve: the token may not add to a closed team. Use a token with team:write or org:write.");

    public static Refusal NotProven(string state) => new(
        RefusalKind.Conflict, "not-proven", $"Sentry took the change and is not as it should be afterwards: {state}");
}
