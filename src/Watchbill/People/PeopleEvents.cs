using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Tokens;

namespace Watchbill.People;

/// <summary>What this feature writes into the audit log. Passwords, tokens, links and codes are never in it.</summary>
internal static class PeopleEvents
{
    public static AuditEvent Made(string action, AccountRow row, AccountId id, Actor actor) => OfAccount(action, id, actor) with
    {
        After = Json(new() { ["address"] = row.Address, ["name"] = row.Name, ["roles"] = row.Roles, ["state"] = row.State.ToString() }),
    };

    /// <summary>Only what changed is told.</summary>
    public static AuditEvent Changed(string action, AccountRow before, AccountRow after, Actor actor)
    {
        JsonObject was = [];
        JsonObject isNow = [];
        Compare("name", before.Name, after.Name);
        Compare("roles", before.Roles, after.Roles);
        Compare("state", before.State.ToString(), after.State.ToString());
        return OfAccount(action, before.Id, actor) with { Before = Json(was), After = Json(isNow) };

        void Compare(string what, string? old, string? now)
        {
            if (old != now)
            {
                was[what] = old;
                isNow[what] = now;
            }
        }
    }

    public static AuditEvent LinkIssued(string action, AccountId account, bool mailed, Actor actor) => OfAccount(action, account, actor) with
    {
        After = Json(new() { ["mailed"] = mailed }),
    };

    public static AuditEvent PasswordChanged(AccountId account, string how, Actor actor) => OfAccount("password-changed", account, actor) with
    {
        After = Json(new() { ["by"] = how }),
    };

    public static AuditEvent SignedIn(Account account, SessionId session, string how, Visitor visitor) =>
        OfAccount("signed-in", account.Id, By(account.Id, visitor)) with
        {
            After = Json(new() { ["session"] = session.Value, ["by"] = how }),
        };

    /// <summary>An address without an account is not told: people type passwords into the wrong field.</summary>
    public static AuditEvent SignInFailed(AccountId? account, Visitor visitor) => new()
    {
        Actor = new Actor(ActorKind.Account, account?.ToString() ?? "unknown", visitor.From),
        Action = "sign-in-failed",
        SubjectKind = "account",
        SubjectId = account?.ToString() ?? "unknown",
    };

    /// <summary>Somebody knew the password and had no right code: worth a look, oftener than a wrong password.</summary>
    public static AuditEvent CodeFailed(AccountId account, Visitor visitor) => OfAccount("code-failed", account, By(account, visitor));

    public static AuditEvent RecoveryCodeUsed(AccountId account, int left, Visitor visitor) => OfAccount("recovery-code-used", account, By(account, visitor)) with
    {
        After = Json(new() { ["left"] = left }),
    };

    public static AuditEvent SessionEnded(AccountId account, SessionId session, Actor actor) => OfAccount("session-ended", account, actor) with
    {
        Before = Json(new() { ["session"] = session.Value }),
    };

    public static AuditEvent SessionsEnded(AccountId account, int count, Actor actor) => OfAccount("sessions-ended", account, actor) with
    {
        Before = Json(new() { ["sessions"] = count }),
    };

    /// <summary>Whoever an identity provider vouches for enters the account from now on, or no more. Their subject there stays out: it is a number for tying only.</summary>
    public static AuditEvent Tied(string action, AccountId account, string? issuer, Actor actor) => OfAccount(action, account, actor) with
    {
        After = issuer is null ? null : Json(new() { ["issuer"] = issuer }),
    };

    public static AuditEvent OfAccount(string action, AccountId account, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "account",
        SubjectId = account.ToString(),
    };

    public static AuditEvent OfToken(string action, ApiToken token, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "api-token",
        SubjectId = token.Id.ToString(),
        After = Json(new()
        {
            ["account"] = token.AccountId.Value,
            ["name"] = token.Name,
            ["token"] = $"…{token.LastFour}",
            ["rights"] = NameList.Write(token.Rights),
        }),
    };

    /// <summary>The account itself, wherever it comes from.</summary>
    public static Actor By(AccountId account, Visitor visitor) => new(ActorKind.Account, account.ToString(), visitor.From);

    private static string Json(JsonObject value) => value.ToJsonString();
}
