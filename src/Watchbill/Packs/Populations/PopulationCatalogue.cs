using Watchbill.Access;
using Watchbill.Evidence;
using static Watchbill.Packs.Populations.PopulationColumn;

namespace Watchbill.Packs.Populations;

/// <summary>All lists of a pack, in the order in which they are written.</summary>
internal static class PopulationCatalogue
{
    // The plus keeps SQLite from going by the end of periods: rows come by their keys then, and a million of them need not be sorted in memory.
    private const string Held = "f.connector_id = @connector AND f.valid_from <= @at AND +f.valid_to > @at";

    private static readonly PopulationColumn Since = Instant("since", "Since when it reads like this: the sync that began then saw it first.", "f.valid_from");

    /// <summary>What was read from Sentry, as of the end of the period.</summary>
    public static IReadOnlyList<Population> Read { get; } =
    [
        Organization(), Members(), Teams(), Memberships(), Projects(), ProjectTeams(), NonHumans(), .. EvidenceKinds.All.Where(static kind => !kind.IsOnDemand).Select(Collected), SentryLog(),
    ];

    /// <summary>What Watchbill knows of governance in the period.</summary>
    public static IReadOnlyList<Population> Governance { get; } = [Results(), Runs(), Actions(), ActionNotes(), Artifacts(), Exceptions(), Parameters(), Acknowledgements(), Requests(), Approvals(), Grants()];

    private static Population Organization() => new("populations/organization", "Organization settings", $"organization_fact f WHERE {Held} ORDER BY f.key",
    [
        Text("organization_id", "Sentry's id.", "f.key"), Text("slug", "Its name in addresses.", "f.slug"), Text("name", "What people call it.", "f.name"), Text("status", "Sentry's word for how it stands.", "f.status"),
        Flag("open_membership", "Every member may join every team.", "f.open_membership"), Flag("require_two_factor", "A second factor is required.", "f.require_two_factor"),
        Flag("require_sso", "Single sign-on is required.", "f.require_sso"), Flag("has_auth_provider", "Single sign-on is set up.", "f.has_auth_provider"),
        Text("default_role", "The role of new members.", "f.default_role"), Flag("allow_member_invite", "Members may invite.", "f.allow_member_invite"),
        Flag("allow_member_project_creation", "Members may create projects.", "f.allow_member_project_creation"), Flag("allow_join_requests", "Anybody may ask to join.", "f.allow_join_requests"),
        Flag("allow_shared_issues", "Issues may be shared with anybody who has the link.", "f.allow_shared_issues"), Flag("events_member_admin", "Members may delete events.", "f.events_member_admin"),
        Json("other_settings", "Further settings that checks read.", "f.other_settings"), Since,
    ])
    { Scope = Scope.Organization };

    private static Population Members() => new("populations/members", "Members and invitations", $"member_fact f WHERE {Held} ORDER BY f.key",
    [
        Text("member_id", "Sentry's id of the membership.", "f.key"), Text("user_id", "Sentry's id of the user; empty for an invitation.", "f.user_id"), Text("email", "Their address.", "f.email"),
        Text("name", "Their name.", "f.name"), Text("org_role", "Their role in the organization.", "f.org_role"), Flag("pending", "An invitation that was not accepted.", "f.pending"),
        Flag("expired", "An invitation that ran out.", "f.expired"), Text("invite_status", "Sentry's word for the invitation.", "f.invite_status"), Text("inviter", "Who invited them.", "f.inviter_name"),
        Instant("date_created", "When they were added.", "f.date_created"), Flag("user_is_active", "The user account is active.", "f.user_is_active"), Flag("user_is_suspended", "The user account is suspended.", "f.user_is_suspended"),
        Flag("has_two_factor", "They have a second factor.", "f.has_two_factor"), Flag("sso_linked", "Linked to single sign-on.", "f.sso_linked"), Flag("sso_invalid", "The link does not hold.", "f.sso_invalid"),
        Flag("idp_provisioned", "The identity provider manages the membership.", "f.idp_provisioned"), Flag("idp_role_restricted", "The identity provider manages the role.", "f.idp_role_restricted"),
        Flag("member_limit_restricted", "Blocked by the plan's limit.", "f.member_limit_restricted"), Flag("is_superuser", "May act in every organization of the server.", "f.is_superuser"), Since,
    ])
    { Scope = Scope.Members };

    private static Population Teams() => new("populations/teams", "Teams", $"team_fact f WHERE {Held} ORDER BY f.key",
        [Text("team_id", "Sentry's id.", "f.key"), Text("slug", "Its name in addresses.", "f.slug"), Text("name", "What people call it.", "f.name"), Flag("idp_provisioned", "The identity provider manages it.", "f.idp_provisioned"), Instant("date_created", "When it was made.", "f.date_created"), Since])
    { Scope = Scope.Teams };

    private static Population Memberships() => new("populations/team-memberships", "Members of teams", $"team_membership_fact f WHERE {Held} ORDER BY f.key",
        [Text("team_id", "Which team.", "f.team_id"), Text("member_id", "Which member.", "f.member_id"), Text("team_role", "Their role on the team; empty for the one that follows from the organization.", "f.team_role"), Since])
    { Scope = Scope.TeamMembersFamily };

    private static Population Projects() => new("populations/projects", "Projects", $"project_fact f WHERE {Held} ORDER BY f.key",
        [Text("project_id", "Sentry's id.", "f.key"), Text("slug", "Its name in addresses.", "f.slug"), Text("name", "What people call it.", "f.name"), Text("platform", "What it is written in.", "f.platform"), Instant("date_created", "When it was made.", "f.date_created"), Since])
    { Scope = Scope.Projects };

    private static Population ProjectTeams() => new("populations/project-teams", "Teams of projects", $"project_team_fact f WHERE {Held} ORDER BY f.key",
        [Text("project_id", "Which project.", "f.project_id"), Text("team_id", "Which team reaches it.", "f.team_id"), Since])
    { Scope = Scope.Projects };

    private static Population NonHumans() => new("populations/non-human", "Apps, integrations, tokens and client keys", $"non_human_fact f WHERE {Held} ORDER BY f.key",
    [
        Text("key", "Kind and Sentry's id.", "f.key"), Text("kind", "What it is.", "f.kind"), Text("slug", "Its name in addresses.", "f.slug"), Text("name", "What people call it.", "f.name"), Text("status", "Sentry's word for how it stands.", "f.status"),
        Flag("is_active", "It works.", "f.is_active"), Text("scopes", "What it may do.", "f.scopes"), Text("project_id", "The one project it is for.", "f.project_id"), Text("provider", "Whose it is.", "f.provider"),
        Instant("date_created", "When it was made.", "f.date_created"), Number("events_per_hour", "The limit of a client key.", "f.events_per_hour"), Since,
    ]);

    private static Population Collected(EvidenceDefinition kind) => new($"populations/{kind.Name}", kind.Title, $"collected_row f WHERE {Held} AND f.kind = '{kind.Kind}' ORDER BY f.key",
    [
        Text("key", "Sentry's id, or the name where it has none.", "f.key"), Text("parent", "The issue, release or project it belongs to.", "f.parent"), Text("name", "What people call it.", "f.name"),
        Text("state", "Sentry's word for how it stands.", "f.state"), Instant("at", "When it came to be, as Sentry says.", "f.at"), Instant("last_at", "When it showed life last, as Sentry says.", "f.last_at"),
        Json("document", $"The fields that are kept: {string.Join(", ", kind.Keeps)}.", "f.document"), Json("counters", kind.Counts.Count == 0 ? "Nothing is counted." : $"The last values of: {string.Join(", ", kind.Counts)}.", "f.counters"), Since,
    ])
    { Kind = kind };

    private static Population SentryLog() => new("populations/sentry-audit-log", "Sentry's own audit log in the period", "logged_event f WHERE f.connector_id = @connector AND f.at >= @from AND f.at < @to ORDER BY f.at, f.entry_id",
    [
        Number("entry_id", "Sentry's id of the line.", "f.entry_id"), Instant("at", "When it happened.", "f.at"), Text("event", "What happened.", "f.event"), Text("actor", "Who did it.", "f.actor"), Text("actor_user_id", "Their user id.", "f.actor_user_id"),
        Text("target_object", "What it was done to.", "f.target_object"), Text("email", "The address it was about.", "f.email"), Text("team_slugs", "The teams it was about.", "f.team_slugs"), Text("team_role", "The team role it gave.", "f.team_role"),
        Text("org_role", "The role it gave.", "f.org_role"), Text("project_slug", "The project it was about.", "f.project_slug"), Text("note", "Sentry's sentence.", "f.note"), Instant("seen_at", "When Watchbill read it.", "f.seen_at"),
    ])
    { Scope = Scope.AuditLog };

    private static Population Results() => new("checks/results", "What checks say of single resources, as of the run", "check_result f WHERE f.connector_id = @connector AND f.valid_from <= @run_at AND +f.valid_to > @run_at ORDER BY f.check_id, f.resource_kind, f.resource_key",
    [
        Text("check", "Which check.", "f.check_id"), Text("resource_kind", "What it is about.", "f.resource_kind"), Text("resource_key", "Its id.", "f.resource_key"), Text("resource_name", "What people call it.", "f.resource_name"),
        Text("outcome", "Pass, Fail, NotEvaluated, NotApplicable or Excepted.", "f.outcome"), Text("reason", "Why.", "f.reason"), Number("exception", "The exception that covers it.", "f.exception_id"), Since,
    ]);

    private static Population Runs() => new("checks/runs", "Runs of the checks in the period", "check_run f WHERE f.connector_id = @connector AND f.at >= @from AND f.at < @to ORDER BY f.id",
        [Number("run", "Its number.", "f.id"), Instant("at", "The instant that it is about.", "f.at"), Instant("ended_at", "When it was written.", "f.ended_at"), Text("actor_kind", "What sort of actor asked for it.", "f.actor_kind"), Text("digest", "SHA-256 of its verdicts.", "f.digest")]);

    private static Population Actions() => new("governance/actions", "Actions that were open in the period, as they stand now", "compliance_action f WHERE f.connector_id = @connector AND f.opened_at < @to AND (f.closed_at IS NULL OR f.closed_at >= @from) ORDER BY f.id",
    [
        Number("action", "Its number.", "f.id"), Text("check", "The check that opened it; empty for one that was made by hand.", "f.check_id"), Text("title", "What is to be done.", "f.title"), Text("severity", "How bad it is to leave it.", "f.severity"),
        Text("state", "Open, InProgress or Closed.", "f.state"), Number("owner", "The account that owns it.", "f.owner"), Instant("opened_at", "When it was opened, or reopened last.", "f.opened_at"), Instant("due_at", "When it should be done.", "f.due_at"),
        Instant("closed_at", "When it was closed.", "f.closed_at"), Text("closing", "Why it was closed.", "f.closing"), Number("reopened", "How often it was reopened.", "f.reopened"), Number("failing", "How many resources failed last.", "f.failing"),
    ]);

    private static Population ActionNotes() => new("governance/action-notes", "What was done about actions in the period", "action_note f JOIN compliance_action a ON a.id = f.action_id WHERE a.connector_id = @connector AND f.at >= @from AND f.at < @to ORDER BY f.id",
        [Number("action", "Which action.", "f.action_id"), Instant("at", "When.", "f.at"), Text("kind", "What was done.", "f.kind"), Text("text", "What was said.", "f.text"), Text("link", "Where evidence is.", "f.link"), Text("actor_kind", "What sort of actor.", "f.actor_kind"), Number("account", "Which account.", "f.account_id")]);

    private static Population Artifacts() => new("governance/artifacts", "Files that were recorded before the end of the period", "artifact f WHERE f.connector_id = @connector AND f.recorded_at < @to ORDER BY f.id",
    [
        Number("artifact", "Its number.", "f.id"), Text("name", "The file's name.", "f.name"), Text("media_type", "What it is, by its first bytes.", "f.media_type"), Number("size", "So many bytes.", "f.size"),
        Text("sha256", "SHA-256 of what it holds; the file lies under it in evidence/sha256.", "f.sha256"), Text("shows", "What it shows.", "f.shows"), Text("source", "Where it comes from.", "f.source"),
        Text("controls", "The controls that it is evidence for, one on each line.", "f.controls"), Number("action", "The action that it belongs to.", "f.action_id"), Instant("observed_at", "When what it shows was so.", "f.observed_at"),
        Instant("collected_at", "When it was taken from where it comes from.", "f.collected_at"), Instant("recorded_at", "When it came into Watchbill.", "f.recorded_at"), Number("recorded_by", "The account that recorded it.", "f.recorded_by"),
        Instant("keep_until", "Until when it is promised to be kept.", "f.keep_until"), Text("hold_reason", "Why it must not be erased.", "f.hold_reason"), Instant("erased_at", "When what it held was erased.", "f.erased_at"), Text("erased_reason", "Why.", "f.erased_reason"),
    ]);

    private static Population Exceptions() => new("governance/exceptions", "Exceptions that were asked for or held in the period, as they stand now", "check_exception f WHERE f.connector_id = @connector AND f.asked_at < @to AND f.ends_at >= @from ORDER BY f.id",
    [
        Number("exception", "Its number.", "f.id"), Text("check", "Which check.", "f.check_id"), Text("resource_kind", "What it is for; empty for all.", "f.resource_kind"), Text("resource_key", "Its id.", "f.resource_key"), Text("resource_name", "What people call it.", "f.resource_name"),
        Text("reason", "Why it was wanted.", "f.reason"), Text("state", "Asked, Approved, Denied, Withdrawn or Ended.", "f.state"), Instant("asked_at", "When it was asked for.", "f.asked_at"), Number("asked_by", "The account that asked.", "f.asked_by"),
        Instant("ends_at", "Until when it holds.", "f.ends_at"), Instant("decided_at", "When it was decided.", "f.decided_at"), Number("decided_by", "The account that decided.", "f.decided_by"), Text("decision", "What they said.", "f.decision"),
    ]);

    private static Population Parameters() => new("checks/parameters", "Parameters of checks that were set, with their history", "check_parameter f WHERE f.connector_id = @connector AND f.valid_from < @to ORDER BY f.check_id, f.name, f.valid_from",
    [
        Text("check", "Which check.", "f.check_id"), Text("parameter", "Which parameter.", "f.name"), Text("value", "Its value; empty for the default.", "f.value"), Instant("from", "Since when.", "f.valid_from"),
        Instant("to", "Until when; empty while it holds.", "CASE WHEN f.valid_to > @far THEN NULL ELSE f.valid_to END"), Text("reason", "Why.", "f.reason"), Text("actor_kind", "What sort of actor set it.", "f.actor_kind"), Number("account", "Which account.", "f.account_id"),
    ]);

    private static Population Acknowledgements() => new("governance/acknowledgements", "Lines of Sentry's audit log that somebody looked at in the period", "log_acknowledgement f WHERE f.connector_id = @connector AND f.at >= @from AND f.at < @to ORDER BY f.entry_id",
        [Number("entry_id", "Sentry's id of the line.", "f.entry_id"), Text("reason", "Why it is in order.", "f.reason"), Instant("at", "When that was said.", "f.at"), Text("actor_kind", "What sort of actor said it.", "f.actor_kind"), Number("account", "Which account.", "f.account_id")]);

    private static Population Requests() => new("governance/access-requests", "Access requests of the period", "access_request f WHERE f.connector_id = @connector AND f.requested_at >= @from AND f.requested_at < @to ORDER BY f.id",
    [
        Number("request", "Its number.", "f.id"), Number("account", "Who asked.", "f.account_id"), Text("member", "For which member of Sentry.", "f.member"), Text("member_email", "Their address.", "f.member_email"), Text("kind", "What was asked for.", "f.kind"), Text("team", "Which team.", "f.team"),
        Text("resource_name", "What people call it.", "f.resource_name"), Text("role", "Which role.", "f.role"), Text("reason", "Why.", "f.reason"), Text("ticket", "Which ticket.", "f.ticket"), Number("minutes", "For how long.", "f.minutes"), Text("state", "How it stands now.", "f.state"),
        Text("policy", "Under which policy.", "f.policy_name"), Number("policy_version", "In which version.", "f.policy_version"), Flag("is_break_glass", "In an emergency.", "f.is_break_glass"), Instant("requested_at", "When.", "f.requested_at"), Instant("decided_at", "When it was decided.", "f.decided_at"),
        Instant("reviewed_at", "When an emergency was looked at.", "f.reviewed_at"), Number("reviewed_by", "By whom.", "f.reviewed_by"), Flag("was_justified", "Whether it was one.", "f.was_justified"),
    ]);

    private static Population Approvals() => new("governance/access-approvals", "Answers to access requests of the period", "access_approval f JOIN access_request r ON r.id = f.request_id WHERE r.connector_id = @connector AND r.requested_at >= @from AND r.requested_at < @to ORDER BY f.id",
        [Number("request", "Which request.", "f.request_id"), Number("step", "Which step.", "f.step"), Number("account", "Who answered.", "f.account_id"), Text("verdict", "What they said.", "f.verdict"), Text("reason", "Why.", "f.reason"), Instant("at", "When.", "f.at")]);

    private static Population Grants() => new("governance/temporary-grants", "Temporary grants that held in the period", "temporary_grant f WHERE f.connector_id = @connector AND f.starts_at < @to AND (f.ended_at IS NULL OR f.ended_at >= @from) ORDER BY f.id",
    [
        Number("grant", "Its number.", "f.id"), Number("request", "The request it came of.", "f.request_id"), Text("member", "For which member.", "f.member"), Text("kind", "What was granted.", "f.kind"), Text("team", "Which team.", "f.team"), Text("role", "Which role.", "f.role"),
        Instant("starts_at", "From when.", "f.starts_at"), Instant("ends_at", "Until when.", "f.ends_at"), Text("state", "How it stands now.", "f.state"), Instant("proven_at", "When Sentry was read back and had it.", "f.proven_at"), Text("before_role", "What was held before.", "f.before_role"),
        Text("ended_why", "Why it ended.", "f.ended_why"), Instant("ended_at", "When it ended.", "f.ended_at"), Instant("revoked_at", "When Sentry was read back and had it no more.", "f.revoked_at"),
    ]);
}
