using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Watchbill.Storage;

/// <summary>
/// Encrypts what must not lie in the database in clear. The keys live in a folder of their own, so that a copy of the database alone
/// reveals nothing; whoever has both has the secrets.
/// </summary>
public sealed class SecretVault
{
    private readonly IDataProtector _protector;

    /// <param name="keyRingFolder">Where the keys are; made when missing, readable by its owner only. Belongs into the backup.</param>
    public SecretVault(string keyRingFolder)
    {
        var folder = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(keyRingFolder)
            : Directory.CreateDirectory(keyRingFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Watchbill").PersistKeysToFileSystem(folder);
        _protector = services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("Watchbill.Secrets.v1");
    }

    /// <summary>The ciphertext of a secret, as text.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>The secret of a ciphertext.</summary>
    /// <exception cref="SecretUnreadableException">It was encrypted with keys that are not in the folder, or it was changed.</exception>
    public string Unprotect(string ciphertext)
    {
        try
        {
            return _protector.Unprotect(ciphertext);
        }
        catch (CryptographicException)
        {
            throw new SecretUnreadableException();
        }
    }
}

/// <summary>A stored secret cannot be decrypted.</summary>
public sealed class SecretUnreadableException()
    : Exception("A stored secret cannot be decrypted: the key folder is not the one it was encrypted with. Restore that folder from the backup, or enter the secret again.");
