using Watchbill.Access.Striking;

namespace Watchbill.Console.Pages.Explore;

/// <summary>Which table shows whom a striking fact speaks of.</summary>
internal static class FactLinks
{
    /// <summary>The path below the organization's root; null when the fact is about the organization as a whole.</summary>
    public static string? PathOf(StrikingFact fact) => TableOf(fact.Code) is { } table && fact.SubjectIds.Count > 0 ? $"/{table}?fact={fact.Code}" : null;

    private static string? TableOf(string code) => code switch
    {
        "global-roles" or "privileged-without-two-factor" or "privileged-dormant" or "privileged-invitations" or "installation-privilege" or "retired-role"
            or "unknown-role" or "without-two-factor" or "dormant" or "token-only" or "stopped-with-teams" or "without-team" or "invitations" or "expired-invitations" => "members",
        "joinable-teams" or "empty-teams" => "teams",
        "orphan-projects" or "unattended-projects" => "projects",
        "apps-managing" or "apps-writing" or "apps-unknown-scopes" or "organization-tokens" or "client-keys" => "non-human",
        _ => null,
    };
}
