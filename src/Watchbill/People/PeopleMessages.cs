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

    public static PeopleMessage SecondFactorSetUp(AccountRow to, Uri page) => new(
        to.Address, "second-factor-set-up", "A second factor was set up for your Watchbill account",
        [
            $"{Greeting(to)} from now on a code of your app is asked for when you sign in with your password. Your other sessions have ended.",
            "Keep the recovery codes where you find them without your phone.",
            "If it was not you, ask a Super Administrator at once to remove it and to send you a link to a new password.",
        ],
        page, "Look at your account");

    public static PeopleMessage SecondFactorRemoved(AccountRow to, Uri page) => new(
        to.Address, "second-factor-removed", "The second factor of your Watchbill account was removed",
        [
            $"{Greeting(to)} no code is asked for any more when you sign in with your password.",
            "If neither you nor an administrator whom you asked did that, tell a Super Administrator at once: somebody may know your password.",
        ],
        page, "Look at your account");

    public static PeopleMessage RecoveryCodeUsed(AccountRow to, int left, Uri page) => new(
        to.Address, "recovery-code-used", "A recovery code of your Watchbill account was used",
        [
            $"{Greeting(to)} somebody, probably you, signed in with your password and a recovery code. {Left(left)}",
            "If it was not you, ask a Super Administrator at once to end your sessions and to send you a link to a new password.",
        ],
        page, "Make new recovery codes");

    private static string Left(int codes) => codes switch
    {
        0 => "It was the last one: make new ones.",
        1 => "One is left.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{codes} are left."),
    };

    private static string Greeting(AccountRow to) => to.Name is { } name ? $"Hello {name}," : "Hello,";

    private static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
