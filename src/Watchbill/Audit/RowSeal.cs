using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Audit;

/// <summary>
/// SHA-256 over rows, in whatever order they are seen: over everything that a run began and ended in the history of access, or a collection in what was collected. It goes into the audit event of that, which
/// the log seals. Each row counts with all that it says, so that none can be changed, added or removed later without being found.
/// </summary>
internal sealed class RowSeal
{
    private readonly List<RowHash> _hashes = [];
    private readonly ArrayBufferWriter<byte> _row = new(1024);

    /// <summary>Starts a row: what happened, and to what of which kind.</summary>
    public RowSeal Row(string happened, string kind)
    {
        _row.ResetWrittenCount();
        return Write(happened).Write(kind);
    }

    /// <summary>Adds a column. What is null is not said, so that a column that is new one day changes no seal of before.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A text, a number, a yes or a no; null for none. Both databases give the same bytes.</param>
    public RowSeal Add(string name, object? value) => value switch
    {
        null or DBNull => this,
        string text => Write(name).Write(text),
        bool yes => Write(name).Write(yes ? 1L : 0L),
        long number => Write(name).Write(number),
        int number => Write(name).Write((long)number),
        _ => throw new ArgumentException($"No sealed table has a column of {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Adds columns and ends the row.</summary>
    /// <param name="columns">Their names.</param>
    /// <param name="valueOf">The value of the column at a place among them, as <see cref="Add"/> takes it.</param>
    public void Take(IReadOnlyList<string> columns, Func<int, object?> valueOf)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            Add(columns[index], valueOf(index));
        }

        Take();
    }

    /// <summary>Ends the row.</summary>
    public void Take()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        _hashes.Add(RowHash.Of(hash));
    }

    /// <summary>The digest, in hex.</summary>
    public string Digest()
    {
        _hashes.Sort();
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var hash in _hashes)
        {
            hash.Write(bytes);
            sha256.AppendData(bytes);
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }

    // A text stands behind its length, a number behind a length that no text has: neither can be taken for the other, or for its neighbour.
    private RowSeal Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(_row.GetSpan(4), length);
        _row.Advance(4);
        _row.Advance(Encoding.UTF8.GetBytes(text, _row.GetSpan(length)));
        return this;
    }

    private RowSeal Write(long number)
    {
        var span = _row.GetSpan(12);
        BinaryPrimitives.WriteInt32BigEndian(span, -1);
        BinaryPrimitives.WriteInt64BigEndian(span[4..], number);
        _row.Advance(12);
        return this;
    }

    /// <summary>A hash as a value: hundreds of thousands of arrays would cost as much again as what they hold. Sorts as its bytes do.</summary>
    private readonly record struct RowHash(ulong First, ulong Second, ulong Third, ulong Fourth) : IComparable<RowHash>
    {
        public static RowHash Of(ReadOnlySpan<byte> bytes) => new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, First);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Second);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], Third);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], Fourth);
        }

        public int CompareTo(RowHash other) =>
            First != other.First ? First.CompareTo(other.First)
            : Second != other.Second ? Second.CompareTo(other.Second)
            : Third != other.Third ? Third.CompareTo(other.Third)
            : Fourth.CompareTo(other.Fourth);
    }
}
