using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Watchbill.Kernel;

/// <summary>Hashes attributes so that null, empty and neighbouring values cannot be taken for each other.</summary>
public sealed class FingerprintBuilder
{
    private readonly XxHash3 _hash = new();

    /// <summary>Adds a text; null and empty differ.</summary>
    public FingerprintBuilder Add(string? value)
    {
        if (value is null)
        {
            return AddRaw(-1);
        }

        AddRaw(value.Length);
        _hash.Append(MemoryMarshal.AsBytes(value.AsSpan()));
        return this;
    }

    /// <summary>Adds a yes, a no or an unknown.</summary>
    public FingerprintBuilder Add(bool? value) => AddRaw(value is null ? 2 : value.Value ? 1 : 0);

    /// <summary>Adds an instant, to the microsecond.</summary>
    public FingerprintBuilder Add(DateTimeOffset? value) => AddRaw(value is null ? long.MinValue : value.Value.UtcTicks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Adds a number.</summary>
    public FingerprintBuilder Add(long? value) => AddRaw(value is null ? 0 : 1).AddRaw(value ?? 0);

    /// <summary>The hash over everything added since it was made or last asked; it is empty again afterwards.</summary>
    public long ToFingerprint()
    {
        var hash = _hash.GetCurrentHashAsUInt64();
        _hash.Reset();
        return unchecked((long)hash);
    }

    private FingerprintBuilder AddRaw(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _hash.Append(bytes);
        return this;
    }
}
