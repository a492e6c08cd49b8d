using System.Collections.Frozen;
using Watchbill.Kernel;

namespace Watchbill.People;

/// <summary>
/// Who asks a use case for something, and what they may. Use cases take the caller, refuse by right, and write its <see cref="Actor"/> into
/// the audit log. Made where somebody proves who they are: a session, an API token, the command line of the machine that holds the database.
/// </summary>
public sealed class Caller
{
    private readonly FrozenSet<Right> _rights;

    /// <summary>A caller with these rights.</summary>
    /// <param name="actor">Who it is, for the audit log.</param>
    /// <param name="rights">What they may do.</param>
    /// <param name="account">The account behind it; null for the command line and Watchbill itself.</param>
    public Caller(Actor actor, IEnumerable<Right> rights, AccountId? account = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Actor = actor;
        Account = account;
        _rights = rights.ToFrozenSet();
    }

    /// <summary>Watchbill itself: schedules, retries, clean-up.</summary>
    public static Caller System { get; } = new(Actor.System, Enum.GetValues<Right>());

    /// <summary>Who it is.</summary>
    public Actor Actor { get; }

    /// <summary>The account behind it; null for the command line and Watchbill itself.</summary>
    public AccountId? Account { get; }

    /// <summary>Whether it is a program with an account of its own, which decides nothing that needs a person.</summary>
    public bool IsService { get; init; }

    /// <summary>Tells one caller from another, whatever kind of actor they are.</summary>
    public string Key => $"{Actor.Kind}:{Actor.Id}";

    /// <summary>Whether they are who did something: the same caller, or another one of the same account.</summary>
    /// <param name="key">The <see cref="Key"/> of whoever did it.</param>
    /// <param name="account">The account of whoever did it; null for none.</param>
    public bool IsWho(string key, AccountId? account) => Key == key || (Account is { } own && own == account);

    /// <summary>What they may do.</summary>
    public IReadOnlySet<Right> Rights => _rights;

    /// <summary>
    /// Somebody at the command line of the machine that holds the database: whoever can write the file may do everything; the audit log names them.
    /// </summary>
    public static Caller AtCommandLine(Actor actor) => new(actor, Enum.GetValues<Right>());

    /// <summary>The same caller with other rights: what a use case lends them for what it decided already.</summary>
    internal Caller With(params IEnumerable<Right> rights) => new(Actor, rights, Account) { IsService = IsService };

    /// <summary>Whether they may.</summary>
    public bool May(Right right) => _rights.Contains(right);

    /// <summary>The refusal to return when they may not; null when they may. Reading <c>if (caller.Lacks(right) is { } refusal) return refusal;</c>.</summary>
    public Refusal? Lacks(Right right) => May(right)
        ? null
        : new Refusal(RefusalKind.Forbidden, "right-missing", $"You need the right to {Sentence(right)}; ask a Super Administrator for a role that has it.");

    private static string Sentence(Right right) => right switch
    {
        Right.ReadAccess => "read who can access what",
        Right.ManageConnectors => "manage sources",
        Right.ChangeAccess => "change access",
        Right.ManageReviews => "manage access reviews",
        Right.ManageIdentities => "say who the people are and whose account is whose",
        Right.ManageCompliance => "manage checks and exceptions",
        Right.AskForExceptions => "ask for exceptions",
        Right.EnterEngagements => "work in audit engagements",
        Right.ReadPeople => "see accounts",
        Right.ManagePeople => "manage accounts",
        Right.ReadAudit => "read the audit log",
        Right.ReplaceKeys => "replace the keys that sign evidence",
    };
}
