using Watchbill.Kernel;
using Watchbill.People.Secrets;

namespace Watchbill.People.SigningIn;

/// <summary>What is counted together, and from which attempt on a pause follows each.</summary>
/// <param name="Text">The key in the table. Digests, so that whatever somebody typed into the field of the address is not kept.</param>
/// <param name="Free">The attempt that brings the first pause.</param>
internal sealed record AttemptKey(string Text, int Free)
{
    private const int FreePerAccount = 5;
    private const int FreePerNetwork = 20;

    /// <summary>
    /// Passwords tried for one address, whether it has an account or not. An address that cannot be one is counted by its first characters.
    /// </summary>
    public static AttemptKey SignIn(string address) => new($"sign-in {SecretText.Digest(address.Trim().ToLowerInvariant())}", FreePerAccount);

    /// <summary>Passwords tried from one network. Many people may share it, so it may fail oftener.</summary>
    public static AttemptKey SignInFrom(Visitor visitor) => new($"sign-in-from {visitor.Network}", FreePerNetwork);

    /// <summary>Codes tried for one account, by somebody who knows its password.</summary>
    public static AttemptKey Code(AccountId account) => new($"code {account}", FreePerAccount);

    /// <summary>Asking for a link to a new password for one address.</summary>
    public static AttemptKey Reset(string address) => new($"reset {SecretText.Digest(address)}", 3);

    /// <summary>Asking for links to new passwords from one network.</summary>
    public static AttemptKey ResetFrom(Visitor visitor) => new($"reset-from {visitor.Network}", FreePerNetwork);

    /// <summary>Device codes typed by one person.</summary>
    public static AttemptKey DeviceCode(AccountId account) => new($"device-code {account}", FreePerAccount);

    /// <summary>Device logins started from one network.</summary>
    public static AttemptKey DeviceLogin(Visitor visitor) => new($"device-login {visitor.Network}", FreePerNetwork);
}
