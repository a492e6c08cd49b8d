using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Watchbill.Storage;

namespace Watchbill.Integrity.Keys;

/// <summary>An Ed25519 key in a file of the key folder, encrypted by the vault; never in the database. All nodes share the folder.</summary>
internal sealed class SigningKey
{
    private readonly Ed25519PrivateKeyParameters _private;

    private SigningKey(byte[] seed)
    {
        _private = new Ed25519PrivateKeyParameters(seed);
        PublicKey = _private.GeneratePublicKey().GetEncoded();
    }

    /// <summary>The public key, 32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The public key as OpenSSL takes it.</summary>
    public string Pem => PemOf(PublicKey);

    /// <summary>What people compare: SHA-256 of the public key, in hex.</summary>
    public string Fingerprint => FingerprintOf(PublicKey);

    /// <summary>Reads a key, or makes one where there is none. Of two processes that make one at once, both take the first.</summary>
    /// <exception cref="SecretUnreadableException">The file cannot be read, written or decrypted.</exception>
    public static SigningKey LoadOrCreate(string folder, string name, SecretVault vault) => Read(folder, name, vault, isMade: true)!;

    /// <summary>Reads a key; null where there is none.</summary>
    /// <exception cref="SecretUnreadableException">The file cannot be read or decrypted.</exception>
    public static SigningKey? Load(string folder, string name, SecretVault vault) => Read(folder, name, vault, isMade: false);

    private static SigningKey? Read(string folder, string name, SecretVault vault, bool isMade)
    {
        var file = Path.Combine(folder, name);
        try
        {
            if (!File.Exists(file))
            {
                if (!isMade)
                {
                    return null;
                }

                Create(file, vault);
            }

            return new SigningKey(Convert.FromBase64String(vault.Unprotect(File.ReadAllText(file))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SecretUnreadableException($"The key {name} cannot be read: {exception.Message} Restore the key folder from the backup.", exception);
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
        if (signature.Length != Ed25519PrivateKeyParameters.SignatureSize || PointOf(publicKey) is not { } point)
        {
            return false;
        }

        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, point);
        verifier.BlockUpdate(text);
        return verifier.VerifySignature(signature);
    }

    public static string PemOf(byte[] publicKey) => $"-----BEGIN PUBLIC KEY-----\n{Convert.ToBase64String([.. Prefix, .. publicKey])}\n-----END PUBLIC KEY-----\n";

    public static string FingerprintOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <summary>The key in a text that <see cref="PemOf"/> made; null for anything else.</summary>
    public static byte[]? FromPem(string pem)
    {
        var lines = pem.Split('\n');
        var bytes = new byte[Prefix.Length + Ed25519PublicKeyParameters.KeySize];
        return lines is ["-----BEGIN PUBLIC KEY-----", var text, "-----END PUBLIC KEY-----", ""] && Convert.TryFromBase64String(text, bytes, out var length) && length == bytes.Length
            && bytes.AsSpan().StartsWith(Prefix) && PemOf(bytes[Prefix.Length..]) == pem && PointOf(bytes[Prefix.Length..]) is not null ? bytes[Prefix.Length..] : null;
    }

    /// <summary>Half of all texts of that length are no point of the curve, and no key then: null.</summary>
    private static Ed25519PublicKeyParameters? PointOf(byte[] publicKey)
    {
        try
        {
            return publicKey.Length == Ed25519PublicKeyParameters.KeySize ? new Ed25519PublicKeyParameters(publicKey) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What stands before an Ed25519 key in its standard form (RFC 8410).</summary>
    private static ReadOnlySpan<byte> Prefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

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
}
