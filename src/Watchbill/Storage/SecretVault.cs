using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Watchbill.Storage;

/// <summary>
/// Encrypts secrets before they are stored. The keys lie in a folder of their own, readable by their owner only: a copy of the database
/// alone reveals no secret, and a backup needs both. Several nodes share the folder. Nothing here is ever logged.
/// </summary>
public sealed class SecretVault
{
    private readonly string _folder;
    private readonly IDataProtectionProvider _provider;

    /// <summary>Opens the vault whose keys are in <paramref name="keyFolder"/>; the first secret makes the first key.</summary>
    /// <exception cref="SecretUnavailableException">The folder cannot be made.</exception>
    public SecretVault(string keyFolder)
    {
        _folder = keyFolder;
        try
        {
            SqliteFile.CreateFolder(keyFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnavailableException($"The folder for keys, {keyFolder}, cannot be made: {exception.Message}", exception);
        }

        var keys = new PrivateKeyFolder(new DirectoryInfo(keyFolder));
        _provider = DataProtectionProvider.Create(new DirectoryInfo(keyFolder), builder => builder
            .SetApplicationName("watchbill")
            .Services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys));
    }

    /// <summary>The folder for the keys of a database, unless somebody names another: <c>keys</c> beside a SQLite file; null for PostgreSQL.</summary>
    public static string? DefaultFolder(DatabaseAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Engine is DatabaseEngine.Sqlite ? Path.Combine(Path.GetDirectoryName(SqliteFile.PathOf(address))!, "keys") : null;
    }

    /// <summary>Encrypts a secret. Only the same purpose can read it again, so that a secret cannot be passed off as another.</summary>
    /// <param name="purpose">What it is for, for example <c>connector-token</c>. Part of the stored format: never rename one.</param>
    /// <param name="secret">The secret.</param>
    /// <exception cref="SecretUnavailableException">No key can be read or made.</exception>
    public string Protect(string purpose, string secret)
    {
        try
        {
            return _provider.CreateProtector(purpose).Protect(secret);
        }
        catch (CryptographicException exception)
        {
            throw new SecretUnavailableException($"No key can be read from or written to {_folder}. Give Watchbill's user the right to use that folder.", exception);
        }
    }

    /// <summary>Decrypts what <see cref="Protect"/> returned for the same purpose.</summary>
    /// <exception cref="SecretUnavailableException">It was protected by other keys or for another purpose, or it was altered.</exception>
    public string Unprotect(string purpose, string protectedSecret)
    {
        try
        {
            return _provider.CreateProtector(purpose).Unprotect(protectedSecret);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new SecretUnavailableException(
                $"A stored secret ({purpose}) cannot be read with the keys in {_folder}. Restore that folder from the backup made with the database, or enter the secret again.",
                exception);
        }
    }

    /// <summary>Writes keys that only their owner can read, whatever the process's umask is.</summary>
    private sealed class PrivateKeyFolder(DirectoryInfo folder) : FileSystemXmlRepository(folder, NullLoggerFactory.Instance)
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

/// <summary>A secret cannot be protected or read. The message says what to do and holds no secret.</summary>
public sealed class SecretUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
