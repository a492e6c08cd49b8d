using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;

namespace Watchbill.Console.Pages.People;

/// <summary>How roles, rights and states are called on screen.</summary>
internal static class PeopleWords
{
    /// <summary>The roles, the mightiest first.</summary>
    public static IReadOnlyList<Role> Roles { get; } = [.. Enum.GetValues<Role>().OrderDescending()];

    public static string Of(Role role) => role switch
    {
        Role.Member => "Member",
        Role.Auditor => "Auditor",
        Role.ExternalAuditor => "External Auditor",
        Role.AccessManager => "Access Manager",
        Role.ComplianceManager => "Compliance Manager",
        Role.IntegrationAdministrator => "Integration Administrator",
        Role.SuperAdministrator => "Super Administrator",
    };

    public static string About(Role role) => role switch
    {
        Role.Member => "Asks for access and decides the reviews given to them.",
        Role.Auditor => "Reads everything, changes nothing.",
        Role.ExternalAuditor => "Works in the audit engagements that name them, and sees nothing else.",
        Role.AccessManager => "Runs reviews and requests: who gets, keeps and loses access.",
        Role.ComplianceManager => "Runs checks, frameworks, exceptions and evidence.",
        Role.IntegrationAdministrator => "Connects organizations and keeps the connections working.",
        Role.SuperAdministrator => "Everything, people and their roles included.",
    };

    public static string Of(Right right) => right switch
    {
        Right.ReadAccess => "Read who can access what",
        Right.ManageConnectors => "Manage sources",
        Right.ChangeAccess => "Change access in Sentry",
        Right.ManageReviews => "Manage access reviews",
        Right.ManageCompliance => "Run checks, set parameters, approve exceptions",
        Right.AskForExceptions => "Ask for exceptions to checks",
        Right.ManageIdentities => "Say whose account is whose",
        Right.EnterEngagements => "Work in audit engagements",
        Right.ReadPeople => "See accounts",
        Right.ManagePeople => "Manage accounts",
        Right.ReadAudit => "Read the audit log",
        Right.ReplaceKeys => "Replace the keys that sign evidence",
    };

    /// <summary>What to call whoever did something.</summary>
    /// <param name="account">Their account; null for none.</param>
    /// <param name="people">The open accounts.</param>
    /// <param name="otherwise">What is said where there is no account.</param>
    public static string NameOf(AccountId? account, IReadOnlyDictionary<AccountId, OwnerAccount> people, string otherwise = "somebody without an account") =>
        account is not { } known ? otherwise : people.TryGetValue(known, out var person) ? person.Name : $"account {known}";

    public static string Of(AccountState state) => state switch
    {
        AccountState.Invited => "Invited",
        AccountState.Active => "Active",
        AccountState.Closed => "Closed",
    };

    public static Tone ToneOf(AccountState state) => state switch
    {
        AccountState.Invited => Tone.Info,
        AccountState.Active => Tone.Good,
        AccountState.Closed => Tone.Plain,
    };

    public static string Of(IEnumerable<Role> roles) => string.Join(", ", roles.OrderDescending().Select(Of));

    public static string StandingOf(ApiToken token, DateTimeOffset now) =>
        token.RevokedAt is not null ? "Revoked" : token.ExpiresAt <= now ? "Expired" : "Works";

    /// <summary>The browser and system in a few words; what they call themselves when that is not known.</summary>
    public static string Browser(Session session)
    {
        if (session.UserAgent is not { } agent)
        {
            return "unknown browser";
        }

        var browser = First(agent, ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"));
        var system = First(agent, ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"));
        return (browser, system) switch
        {
            ({ } name, { } on) => $"{name} on {on}",
            ({ } name, null) => name,
            _ => agent.Length > 60 ? agent[..60] + "…" : agent,
        };
    }

    private static string? First(string text, params ReadOnlySpan<(string Sign, string Name)> known)
    {
        foreach (var (sign, name) in known)
        {
            if (text.Contains(sign, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }
}
