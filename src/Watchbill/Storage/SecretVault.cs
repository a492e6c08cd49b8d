using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Watchbill.Storage;

/// <summary>
/// Encrypts what must not lie in the database in clear. The keys live in a folder of their own, so that a copy of the database alone
/// reveals nothing; whoever has both has the secrets. Several nodes share the folder. Nothing here is ever logged.
/// </summary>
public sealed class SecretVault
{
    private readonly IDataProtector _protector;

    /// <param name="keyRingFolder">Where the keys are; made when missing, readable by its owner only. Belongs into the backup.</param>
    /// <exception cref="SecretUnreadableException">The folder cannot be made.</exception>
    public SecretVault(string keyRingFolder)
    {
        try
        {
            SqliteFile.CreateFolder(keyRingFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnreadableException($"The folder for keys cannot be made: {exception.Message}", exception);
        }

        var folder = new DirectoryInfo(keyRingFolder);
        var keys = new PrivateKeyRing(folder);
        Provider = DataProtectionProvider.Create(folder, builder => builder
            .SetApplicationName("Watchbill")
            .Services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys));
        _protector = Provider.CreateProtector("Watchbill.Secrets.v1");
    }

    /// <summary>The same keys for what a web host protects (forms); each purpose has keys derived for it alone.</summary>
    public IDataProtectionProvider Provider { get; }

    /// <summary>The ciphertext of a secret, as text.</summary>
    /// <exception cref="SecretUnreadableException">No key can be read or made.</exception>
    public string Protect(string secret)
    {
        try
        {
            return _protector.Protect(secret);
        }
        catch (CryptographicException exception)
        {
            throw new SecretUnreadableException("A secret cannot be encrypted: no key can be read from or written to the key folder. Give Watchbill's user the right to use it.", exception);
        }
    }

    /// <summary>The secret of a ciphertext.</summary>
    /// <exception cref="SecretUnreadableException">It was encrypted with keys that are not in the folder, or it was changed.</exception>
    public string Unprotect(string ciphertext)
    {
        try
        {
            return _protector.Unprotect(ciphertext);
        }
        catch (CryptographicException exception)
        {
            throw new SecretUnreadableException(
                "A stored secret cannot be decrypted: the key folder is not the one it was encrypted with. Restore that folder from the backup, or enter the secret again.",
                exception);
        }
    }

    /// <summary>Writes keys that only their owner can read, whatever the process's umask is.</summary>
    private sealed class PrivateKeyRing(DirectoryInfo folder) : FileSystemXmlRepository(folder, NullLoggerFactory.Instance)
    {
        public override void StoreElement(XElement element, string friendlyName)
        {
            base.StoreElement(element, friendlyName);
            foreach (var file in Directory.EnumerateFiles("*.xml"))
            {
                SqliteFile.MakePrivate(file.FullName);
            }
        }
    }
}

/// <summary>A secret cannot be encrypted or decrypted. The message says what to do and holds no secret.</summary>
public sealed class SecretUnreadableException(string message, Exception? cause = null) : Exception(message, cause);
