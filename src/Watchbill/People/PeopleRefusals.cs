using Watchbill.Kernel;

namespace Watchbill.People;

/// <summary>Every "no" that people, sign-in and tokens may answer.</summary>
public static class PeopleRefusals
{
    public static Refusal NoSuchAccount(AccountId id) => new(RefusalKind.NotFound, "account-not-found", $"There is no account {id}.");

    public static Refusal BadName() => new(
        RefusalKind.Invalid, "person-name-invalid", "A name is 1 to 100 characters, none of them invisible.");

    public static Refusal BadAddress() => new(
        RefusalKind.Invalid, "email-address-invalid", "This is not an e-mail address; it looks like ada@example.com and has at most 254 characters.");

    public static Refusal BadRoles() => new(RefusalKind.Invalid, "roles-invalid", "Choose at least one role.");

    public static Refusal AddressTaken() => new(
        RefusalKind.Conflict, "account-exists", "There is an account with this address already; look for it in the list of people.");

    public static Refusal AccountIsClosed() => new(
        RefusalKind.Conflict, "account-closed", "The account with this address is closed; reopen it instead of inviting its person again.");

    public static Refusal ChangedMeanwhile() => new(
        RefusalKind.Conflict, "account-changed-meanwhile", "Somebody changed this account after you opened it; look at what it is now and decide again.");

    public static Refusal LastSuperAdministrator() => new(
        RefusalKind.Conflict, "last-super-administrator", "This is the last Super Administrator; make somebody else one first, or nobody could manage Watchbill.");

    public static Refusal NotOwnRoles() => new(
        RefusalKind.Forbidden, "own-roles", "Nobody changes their own roles or closes their own account; ask another Super Administrator.");

    public static Refusal BeyondOwnRights() => new(
        RefusalKind.Forbidden, "roles-beyond-own-rights", "You cannot give, or take over, roles that hold rights which you lack.");

    public static Refusal NotInState(string wanted) => new(
        RefusalKind.Conflict, "account-state-forbids", $"That needs an account that is {wanted}; this one is not.");

    public static Refusal NeverAccepted() => new(
        RefusalKind.Conflict, "account-never-accepted", "Nobody ever accepted this invitation; invite the address again instead of reopening the account.");

    public static Refusal AlreadySetUp() => new(
        RefusalKind.Conflict, "already-set-up", "Watchbill has its first account already; sign in, or ask an administrator for an invitation.");

    public static Refusal LinkNotGood() => new(
        RefusalKind.NotFound, "link-not-good", "This link does not work: it was used, replaced by a newer one, withdrawn, has expired, or was copied only in part. Ask for a new one.");

    public static Refusal SignInRefused() => new(
        RefusalKind.Forbidden, "sign-in-refused", "The address or the password is not right.");

    public static Refusal TooManyAttempts(TimeSpan wait) => new(
        RefusalKind.TooMany, "too-many-attempts", $"There were too many attempts; try again in {Minutes(wait)}.");

    public static Refusal WrongPassword() => new(RefusalKind.Forbidden, "password-wrong", "The current password is not right.");

    public static Refusal CodeWrong() => new(
        RefusalKind.Forbidden, "code-wrong", "This code is not right now: it changes every 30 seconds and works once. Type the next one, or a recovery code.");

    public static Refusal SecondStepOver() => new(
        RefusalKind.NotFound, "second-step-over", "That took longer than ten minutes, or something about the account changed. Sign in again with the password.");

    public static Refusal SecondFactorUnreadable() => new(
        RefusalKind.Unavailable, "second-factor-unreadable", "Codes cannot be checked: the keys that Watchbill runs with are not those of this database. Use a recovery code, or tell whoever runs Watchbill to restore the key folder.");

    public static Refusal NoSecondFactorBegun() => new(RefusalKind.Conflict, "second-factor-not-begun", "No second factor is being set up any more; begin again.");

    public static Refusal SecondFactorExists() => new(
        RefusalKind.Conflict, "second-factor-exists", "The account has a second factor already; remove it first to set up another one.");

    public static Refusal NoSecondFactor() => new(RefusalKind.NotFound, "second-factor-not-found", "The account has no second factor.");

    public static Refusal SecondFactorNeedsPassword() => new(
        RefusalKind.Conflict, "second-factor-needs-password", "The account has no password that a second factor could stand beside; the identity provider asks for its own.");

    public static Refusal PasswordTooShort(int shortest) => new(
        RefusalKind.Invalid, "password-too-short", $"A password has at least {shortest} characters; several words in a row are easy to remember.");

    public static Refusal PasswordTooLong(int longest) => new(
        RefusalKind.Invalid, "password-too-long", $"A password has at most {longest} characters.");

    public static Refusal PasswordNotText() => new(
        RefusalKind.Invalid, "password-not-text", "This password holds broken characters that could not be typed again; choose another one.");

    public static Refusal PasswordTooCommon() => new(
        RefusalKind.Invalid, "password-too-common", "This password is among the first that somebody would try; choose one that is only yours.");

    public static Refusal ProviderSignsNobodyOut() => new(
        RefusalKind.Unavailable, "provider-signs-nobody-out", "You are signed out here. The identity provider has no address to sign out at, or cannot be reached: sign out there yourself.");

    public static Refusal PasswordBreached() => new(
        RefusalKind.Invalid, "password-breached", "This password is in a list of passwords that were stolen somewhere: whoever attacks tries those. Choose another one.");

    public static Refusal BreachedPasswordsUnreadable() => new(
        RefusalKind.Unavailable, "breached-passwords-unreadable", "Whether this password was stolen somewhere cannot be looked up now. Try again, or tell whoever runs Watchbill that the file of breached passwords cannot be read.");

    public static Refusal PasswordTooPersonal() => new(
        RefusalKind.Invalid, "password-too-personal", "This password is little more than your name, your address or the name of this product; choose one that has nothing to do with them.");

    public static Refusal PasswordUnchanged() => new(RefusalKind.Invalid, "password-unchanged", "The new password is the one you have.");

    public static Refusal NeedsSession() => new(
        RefusalKind.Forbidden, "session-needed", "Only somebody who is signed in can do this, not a program with an API token.");

    public static Refusal NeedsPerson() => new(RefusalKind.Forbidden, "person-needed", "A person decides this, not the account of a program.");

    public static Refusal NotOfService() => new(RefusalKind.Conflict, "account-of-program", "This account is a program's: nobody signs in with it. Make an API token for it instead.");

    public static Refusal NotOfPerson() => new(RefusalKind.Conflict, "account-of-person", "This account is a person's: they make their API tokens themselves.");

    public static Refusal BadRolesOfService() => new(RefusalKind.Invalid, "service-roles-invalid", "A program cannot manage accounts; choose other roles than Super Administrator.");

    public static Refusal ServiceNameTaken() => new(RefusalKind.Conflict, "service-name-taken", "There is an account of a program with this name already, perhaps a closed one; choose another name.");

    public static Refusal CommandLineOnly() => new(
        RefusalKind.Forbidden, "command-line-only", "This can be asked only at the command line of the machine that holds the database.");

    public static Refusal NoSuchSession() => new(RefusalKind.NotFound, "session-not-found", "There is no such session; it may have ended.");

    public static Refusal NoSuchToken() => new(RefusalKind.NotFound, "api-token-not-found", "There is no such API token, or it was revoked.");

    public static Refusal BadTokenName() => new(
        RefusalKind.Invalid, "api-token-name-invalid", "An API token's name is 1 to 100 characters, none of them invisible; say what will use it.");

    public static Refusal BadTokenExpiry(int longestDays) => new(
        RefusalKind.Invalid, "api-token-expiry-invalid", $"An API token expires within 1 to {longestDays} days.");

    public static Refusal BadTokenRights() => new(
        RefusalKind.Invalid, "api-token-rights-invalid", "Choose at least one right for the API token.");

    public static Refusal TokenBeyondOwnRights() => new(
        RefusalKind.Forbidden, "api-token-beyond-own-rights", "An API token cannot have rights that you lack.");

    public static Refusal TooManyTokens(int most) => new(
        RefusalKind.Conflict, "api-tokens-exhausted", $"You have {most} API tokens, which is the most; revoke some that are not needed.");

    public static Refusal BadClient() => new(
        RefusalKind.Invalid, "device-client-invalid", "The name of the device is 1 to 100 characters, none of them invisible.");

    public static Refusal NoSuchDeviceCode() => new(
        RefusalKind.NotFound, "device-code-not-good", "This code does not work: it was used, has expired after ten minutes, or was mistyped. Start the login again on the device.");

    public static Refusal DevicePending() => new(RefusalKind.Conflict, "device-login-pending", "The login waits to be approved in the console.");

    public static Refusal DevicePolledTooSoon() => new(RefusalKind.TooMany, "device-login-slow-down", "Asked too often; wait some seconds between two questions.");

    public static Refusal DeviceDenied() => new(RefusalKind.Forbidden, "device-login-denied", "The login was denied in the console.");

    public static Refusal PasswordsAreOff() => new(
        RefusalKind.Forbidden, "passwords-off", "Passwords are switched off here: sign in with your organization's identity provider.");

    public static Refusal ProviderNamesNoAddress() => new(
        RefusalKind.Forbidden,
        "provider-address-missing",
        "The identity provider named no e-mail address for you that it has verified. Whoever runs Watchbill can ask it for one, or trust its addresses (OIDC_TRUST_ADDRESSES).");

    public static Refusal ProviderNamesSomebodyElse() => new(
        RefusalKind.Forbidden,
        "provider-somebody-else",
        "The account with your address belongs to somebody else at the identity provider: the address was given on. A Super Administrator can end that tie on the account's page.");

    public static Refusal ProviderAccountClosed() => new(
        RefusalKind.Forbidden, "provider-account-closed", "Your account here is closed; a Super Administrator can reopen it.");

    public static Refusal ProviderGivesNoRole() => new(
        RefusalKind.Forbidden, "provider-role-missing", "None of your groups at the identity provider gives you a role here; ask whoever manages them.");

    public static Refusal ProviderListsNoGroups() => new(
        RefusalKind.Forbidden,
        "provider-groups-missing",
        "The identity provider did not list your groups, so nobody knows your roles. Whoever runs Watchbill has to let it send them (OIDC_GROUPS_CLAIM); with very many groups it may have to send only those of Watchbill.");

    public static Refusal ProviderSaidNo() => new(
        RefusalKind.Forbidden, "provider-said-no", "The identity provider did not let you in, or you went back. Try again.");

    public static Refusal ProviderNotReached() => new(
        RefusalKind.Unavailable, "provider-not-reached", "The identity provider cannot be reached, or answered with something that cannot be used. The server's log says what.");

    /// <summary>Why single sign-on let nobody in, by the code that the sign-in page is called with; null for codes that are not of these.</summary>
    public static Refusal? OfSingleSignOn(string? code) => ((Refusal[])
        [
            ProviderNamesNoAddress(), ProviderNamesSomebodyElse(), ProviderAccountClosed(), ProviderGivesNoRole(), ProviderListsNoGroups(), ProviderSaidNo(), ProviderNotReached(),
            ProviderSignsNobodyOut(),
            ChangedMeanwhile(),
        ]).FirstOrDefault(refusal => refusal.Code == code);

    public static Refusal NoProviderTie() => new(RefusalKind.NotFound, "provider-tie-missing", "Nobody of an identity provider enters this account.");

    private static string Minutes(TimeSpan wait)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return minutes == 1 ? "one minute" : $"{minutes} minutes";
    }
}
