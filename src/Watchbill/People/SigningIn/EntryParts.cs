using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.Secrets;
using Watchbill.People.SingleSignOn;

namespace Watchbill.People.SigningIn;

/// <summary>What every way to get in by a link and a chosen password needs.</summary>
internal sealed record EntryParts(OneTimeLinks Links, PasswordVault Passwords, BreachedPasswords Breached, PasswordGate Gate, IPeopleMail Mail, SingleSignOnOptions SingleSignOn)
{
    /// <summary>The refusal where nobody chooses or uses a password; null where people do.</summary>
    public Refusal? RefusePasswords() => SingleSignOn.PasswordsOff ? PeopleRefusals.PasswordsAreOff() : null;

    /// <summary>Why somebody cannot choose this password; null when they can.</summary>
    public Refusal? RefusePassword(string? password, PasswordOwner owner) => PasswordRules.Refuse(password, owner) ?? Breached.Refuse(password!);
}
