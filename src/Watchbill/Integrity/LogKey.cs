using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>
/// The key that signs the log's checkpoints: Ed25519, in a file of the key folder, encrypted by the vault; never in the database. All nodes share the folder.
/// </summary>
internal sealed class LogKey
{
    private const string FileName = "evidence-log.key";
    private const byte Ed25519 = 1;

    private readonly Ed25519PrivateKeyParameters _private;

    private LogKey(byte[] seed)
    {
        _private = new Ed25519PrivateKeyParameters(seed);
        PublicKey = _private.GeneratePublicKey().GetEncoded();
        Origin = $"watchbill.log/{Convert.ToHexStringLower(SHA256.HashData(PublicKey).AsSpan(0, 8))}";
        KeyId = KeyIdOf(Origin, PublicKey);
    }

    /// <summary>The log's name in its checkpoints.</summary>
    public string Origin { get; }

    /// <summary>The public key, 32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The four bytes by which a signature names the key.</summary>
    public byte[] KeyId { get; }

    /// <summary>The key as tools for transparency logs take it: <c>name+id+key</c>.</summary>
    public string VerifierKey => $"{Origin}+{Convert.ToHexStringLower(KeyId)}+{Convert.ToBase64String([Ed25519, .. PublicKey])}";

    /// <summary>The public key as OpenSSL takes it.</summary>
    public string Pem => $"-----BEGIN PUBLIC KEY-----\n{Convert.ToBase64String([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, .. PublicKey])}\n-----END PUBLIC KEY-----\n";

    /// <summary>Reads the key, or makes one where there is none. Of two processes that make one at once, both take the first.</summary>
    /// <exception cref="SecretUnreadableException">The file cannot be read, written or decrypted.</exception>
    public static LogKey LoadOrCreate(string folder, SecretVault vault)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(file))
            {
                Create(file, vault);
            }

            return new LogKey(Convert.FromBase64String(vault.Unprotect(File.ReadAllText(file))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SecretUnreadableException($"The key of the evidence log cannot be read: {exception.Message} Restore the key folder from the backup.", exception);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, _private);
        signer.BlockUpdate(text);
        return signer.GenerateSignature();
    }

    /// <summary>Whether a signature over a text was made with a key.</summary>
    public static bool Verifies(byte[] publicKey, ReadOnlySpan<byte> text, byte[] signature)
    {
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(publicKey));
        verifier.BlockUpdate(text);
        return verifier.VerifySignature(signature);
    }

    private static void Create(string file, SecretVault vault)
    {
        var draft = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        SqliteFile.CreateFile(draft);
        using (var stream = new FileStream(draft, FileMode.Open, FileAccess.Write))
        {
            stream.Write(Encoding.ASCII.GetBytes(vault.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }

    private static byte[] KeyIdOf(string name, byte[] key) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, Ed25519, .. key])[..4];
}
