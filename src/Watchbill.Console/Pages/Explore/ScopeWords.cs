namespace Watchbill.Console.Pages.Explore;

/// <summary>What a permission scope allows, in words for people who do not administer Sentry.</summary>
internal static class ScopeWords
{
    /// <summary>The scope in words; a plain sentence for one that is not known.</summary>
    public static string Of(string scope) => scope switch
    {
        "org:read" => "read the organization's settings, teams and projects",
        "org:write" => "change the organization's settings, read the audit log",
        "org:admin" => "administer the organization, delete it",
        "org:integrations" => "manage integrations",
        "org:ci" => "release work from a build: source maps, releases",
        "org:billing" => "manage the plan and payments",
        "org:superuser" => "act as superuser of the installation",
        "member:read" => "see members",
        "member:invite" => "invite members",
        "member:write" => "change members and their teams",
        "member:admin" => "administer members: change roles, remove people",
        "team:read" => "see teams and who is on them",
        "team:write" => "change teams and who is on them",
        "team:admin" => "administer teams, delete them",
        "project:read" => "read projects and their settings",
        "project:write" => "change project settings, which includes keys and data rules",
        "project:admin" => "administer projects, delete them",
        "project:releases" => "make releases and deploys",
        "project:distribution" => "distribute builds",
        "event:read" => "read errors and events, with whatever data is in them",
        "event:write" => "change issues: resolve, assign",
        "event:admin" => "administer issues, delete them",
        "alerts:read" => "see alert rules",
        "alerts:write" => "change alert rules, which can send data elsewhere",
        _ => "something Watchbill has no words for",
    };

    /// <summary>Whether holding it is more than looking.</summary>
    public static bool IsWrite(string scope) => !scope.EndsWith(":read", StringComparison.Ordinal);
}
