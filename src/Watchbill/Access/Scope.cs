namespace Watchbill.Access;

/// <summary>
/// The names of scopes. A scope is the part of the ledger that one listing of Sentry describes completely: only a read of that listing
/// to its proven end may close facts in it.
/// </summary>
public static class Scope
{
    /// <summary>The organization itself: settings, features, role catalogue.</summary>
    public const string Organization = "organization";

    /// <summary>The single sign-on provider.</summary>
    public const string AuthProvider = "auth-provider";

    /// <summary>Members and open invitations.</summary>
    public const string Members = "members";

    /// <summary>Teams.</summary>
    public const string Teams = "teams";

    /// <summary>Projects, each with its teams.</summary>
    public const string Projects = "projects";

    /// <summary>Internal integrations, public apps and their installations.</summary>
    public const string SentryApps = "sentry-apps";

    /// <summary>Connections to other products (source control, chat, tickets).</summary>
    public const string Integrations = "integrations";

    /// <summary>Organization tokens.</summary>
    public const string OrganizationTokens = "organization-tokens";

    /// <summary>Client keys (DSN) of all projects.</summary>
    public const string ClientKeys = "client-keys";

    /// <summary>Sentry's own audit log. It holds no facts; its complete read says up to when the log is kept.</summary>
    public const string AuditLog = "audit-log";

    /// <summary>The family of all teams' memberships, see <see cref="FamilyOf"/>.</summary>
    public const string TeamMembersFamily = "team-members";

    private const string TeamMembersPrefix = TeamMembersFamily + ":";

    /// <summary>The memberships of one team.</summary>
    /// <param name="teamId">Sentry's numeric id of the team.</param>
    public static string TeamMembers(string teamId) => TeamMembersPrefix + teamId;

    /// <summary>What a scope shares with its like: the memberships of all teams are one family, every other scope is its own.</summary>
    public static string FamilyOf(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.StartsWith(TeamMembersPrefix, StringComparison.Ordinal) ? TeamMembersFamily : scope;
    }

    /// <summary>Whether nothing can be said about access without it.</summary>
    public static bool IsEssential(string scope) => scope is Organization or Members or Teams or Projects || TeamOf(scope) is not null;

    /// <summary>The team whose memberships the scope holds; null when it is another kind of scope.</summary>
    public static string? TeamOf(string scope) =>
        scope.StartsWith(TeamMembersPrefix, StringComparison.Ordinal) ? scope[TeamMembersPrefix.Length..] : null;
}
