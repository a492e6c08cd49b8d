using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Watchbill.Kernel;

/// <summary>Hashes attributes so that null, empty and neighbouring values cannot be taken for each other.</summary>
public sealed class FingerprintBuilder
{
    private readonly XxHash3? _hash;
    private readonly IncrementalHash? _sha256;

    /// <summary>A quick hash, for comparing what nobody tries to make collide.</summary>
    public FingerprintBuilder() => _hash = new XxHash3();

    private FingerprintBuilder(IncrementalHash sha256) => _sha256 = sha256;

    /// <summary>One whose hash is SHA-256, for what has to be proven.</summary>
    public static FingerprintBuilder Sha256() => new(IncrementalHash.CreateHash(HashAlgorithmName.SHA256));

    /// <summary>Adds a text; null and empty differ.</summary>
    public FingerprintBuilder Add(string? value)
    {
        if (value is null)
        {
            return AddRaw(-1);
        }

        AddRaw(value.Length);
        Append(MemoryMarshal.AsBytes(value.AsSpan()));
        return this;
    }

    /// <summary>Adds a yes, a no or an unknown.</summary>
    public FingerprintBuilder Add(bool? value) => AddRaw(value is null ? 2 : value.Value ? 1 : 0);

    /// <summary>Adds an instant, to the microsecond.</summary>
    public FingerprintBuilder Add(DateTimeOffset? value) => AddRaw(value is null ? long.MinValue : value.Value.UtcTicks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Adds a number.</summary>
    public FingerprintBuilder Add(long? value) => AddRaw(value is null ? 0 : 1).AddRaw(value ?? 0);

    /// <summary>The quick hash over everything added so far.</summary>
    public long ToFingerprint() => _hash is { } hash ? unchecked((long)hash.GetCurrentHashAsUInt64()) : throw new InvalidOperationException("This one makes SHA-256.");

    /// <summary>SHA-256 over everything added so far; nothing can be added any more.</summary>
    public byte[] ToSha256()
    {
        using var hash = _sha256 ?? throw new InvalidOperationException("This one makes a quick hash.");
        return hash.GetHashAndReset();
    }

    private FingerprintBuilder AddRaw(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Append(bytes);
        return this;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _hash?.Append(bytes);
        _sha256?.AppendData(bytes);
    }
}
