using Watchbill.People.Passwords;
using Watchbill.People.Secrets;

namespace Watchbill.People.SigningIn;

/// <summary>What every way to get in by a link and a chosen password needs.</summary>
internal sealed record EntryParts(OneTimeLinks Links, PasswordVault Passwords, SessionBook Sessions, IPeopleMail Mail);
