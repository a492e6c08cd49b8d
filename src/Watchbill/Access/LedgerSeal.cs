using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Access;

/// <summary>
/// SHA-256 over everything that a run began and ended in the ledger, in whatever order it is seen: it goes into the audit event of the run, which the evidence log seals. Each fact counts with all that is
/// said of it, so that no row can be changed, added or removed later without being found.
/// </summary>
internal sealed class LedgerSeal
{
    private readonly List<byte[]> _hashes = [];
    private readonly ArrayBufferWriter<byte> _row = new(1024);

    /// <summary>Starts a row: what happened to a fact of a kind.</summary>
    public LedgerSeal Row(string happened, FactKind kind)
    {
        _row.ResetWrittenCount();
        return Write(happened).Write((long)kind);
    }

    /// <summary>Adds a column. What is null is not said, so that a column that is new one day changes no seal of before.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A text, a number, a yes or a no; null for none. Both databases give the same bytes.</param>
    public LedgerSeal Add(string name, object? value) => value switch
    {
        null or DBNull => this,
        string text => Write(name).Write(text),
        bool yes => Write(name).Write(yes ? 1L : 0L),
        long number => Write(name).Write(number),
        int number => Write(name).Write((long)number),
        _ => throw new ArgumentException($"The ledger has no column of {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Ends the row.</summary>
    public void Take() => _hashes.Add(SHA256.HashData(_row.WrittenSpan));

    /// <summary>The digest, in hex.</summary>
    public string Digest()
    {
        _hashes.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hashes.ForEach(sha256.AppendData);
        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }

    // A text stands behind its length, a number behind a length that no text has: neither can be taken for the other, or for its neighbour.
    private LedgerSeal Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(_row.GetSpan(4), length);
        _row.Advance(4);
        _row.Advance(Encoding.UTF8.GetBytes(text, _row.GetSpan(length)));
        return this;
    }

    private LedgerSeal Write(long number)
    {
        var span = _row.GetSpan(12);
        BinaryPrimitives.WriteInt32BigEndian(span, -1);
        BinaryPrimitives.WriteInt64BigEndian(span[4..], number);
        _row.Advance(12);
        return this;
    }
}
