using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Watchbill.Access;

/// <summary>
/// Sums up which facts a scope holds, whatever order the listing had: equal digests mean that there is nothing to write.
/// A sum (not an exclusive or) of well-mixed hashes, so that equal facts cannot cancel each other out.
/// </summary>
internal static class ObservationDigest
{
    public static long Of(IReadOnlyCollection<Fact> facts)
    {
        ulong sum = 0;
        foreach (var fact in facts)
        {
            sum = unchecked(sum + HashOf(fact));
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, sum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], facts.Count);
        return unchecked((long)XxHash3.HashToUInt64(bytes));
    }

    private static ulong HashOf(Fact fact)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)FactKinds.Of(fact));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], fact.Fingerprint);
        var seed = unchecked((long)XxHash3.HashToUInt64(bytes));
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(fact.Key.AsSpan()), seed);
    }
}
