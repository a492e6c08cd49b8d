using System.Security.Cryptography;
using System.Text;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>The key that signs the log's checkpoints, and the name that follows from it.</summary>
internal sealed class LogKey
{
    private const string FileName = "evidence-log.key";
    private const byte Ed25519 = 1;

    private readonly SigningKey _key;

    private LogKey(SigningKey key)
    {
        _key = key;
        Origin = OriginOf(key.PublicKey);
        KeyId = KeyIdOf(Origin, key.PublicKey);
    }

    /// <summary>The log's name in its checkpoints.</summary>
    public string Origin { get; }

    /// <summary>The four bytes by which a signature names the key.</summary>
    public byte[] KeyId { get; }

    /// <summary>The public key, 32 bytes.</summary>
    public byte[] PublicKey => _key.PublicKey;

    /// <summary>The key as tools for transparency logs take it: <c>name+id+key</c>.</summary>
    public string VerifierKey => $"{Origin}+{Convert.ToHexStringLower(KeyId)}+{Convert.ToBase64String([Ed25519, .. PublicKey])}";

    /// <inheritdoc cref="SigningKey.Pem"/>
    public string Pem => _key.Pem;

    /// <inheritdoc cref="SigningKey.LoadOrCreate"/>
    public static LogKey LoadOrCreate(string folder, SecretVault vault) => new(SigningKey.LoadOrCreate(folder, FileName, vault));

    /// <summary>The name of the log that a key signs.</summary>
    public static string OriginOf(byte[] publicKey) => $"watchbill.log/{Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8))}";

    /// <summary>The four bytes by which a signature names a key.</summary>
    public static byte[] KeyIdOf(string name, byte[] key) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, Ed25519, .. key])[..4];

    public byte[] Sign(ReadOnlySpan<byte> text) => _key.Sign(text);
}

/// <summary>The key that signs statements and packs: another one than the log's.</summary>
internal sealed record StatementKey(SigningKey Key)
{
    private const string FileName = "evidence-statements.key";

    /// <inheritdoc cref="SigningKey.LoadOrCreate"/>
    public static StatementKey LoadOrCreate(string folder, SecretVault vault) => new(SigningKey.LoadOrCreate(folder, FileName, vault));
}
