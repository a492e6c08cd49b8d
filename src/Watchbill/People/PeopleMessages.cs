using System.Globalization;
using Watchbill.People.Secrets;

namespace Watchbill.People;

/// <summary>What people are written.</summary>
internal static class PeopleMessages
{
    public static PeopleMessage Invitation(AccountRow to, IssuedLink link) => new(
        to.Address, "invitation", "You are invited to Watchbill",
        [
            $"{Greeting(to)} you are invited to Watchbill, which shows who can access what in Sentry.",
            $"The link works once, until {Day(link.ExpiresAt)}. Whoever has it can accept in your place, so do not pass it on.",
            "If you do not know why you get this, ignore it: nothing happens without you.",
        ],
        link.Address, "Accept the invitation");

    public static PeopleMessage PasswordReset(AccountRow to, IssuedLink link) => new(
        to.Address, "password-reset", "Choose a new password for Watchbill",
        [
            $"{Greeting(to)} somebody, probably you, asked for a new password for your account.",
            $"The link works once, until {Day(link.ExpiresAt)}.",
            "If you did not ask, ignore this: your password stays as it is.",
        ],
        link.Address, "Choose a new password");

    public static PeopleMessage PasswordChanged(AccountRow to, Uri page) => new(
        to.Address, "password-changed", "Your Watchbill password was changed",
        [
            $"{Greeting(to)} the password of your account was just changed, and your other sessions have ended.",
            "If it was not you, ask a Super Administrator at once to end your sessions and send you a new link.",
        ],
        page, "Look at your account");

    private static string Greeting(AccountRow to) => to.Name is { } name ? $"Hello {name}," : "Hello,";

    private static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
