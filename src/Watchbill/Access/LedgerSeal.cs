using System.Security.Cryptography;
using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>
/// SHA-256 over everything that a run began and ended in the ledger, in whatever order it is seen: it goes into the audit event of the run, which the evidence log seals. Each fact counts with all that is
/// said of it, so that no row can be changed, added or removed later without being found.
/// </summary>
internal sealed class LedgerSeal
{
    private readonly List<byte[]> _hashes = [];

    /// <summary>How many facts began and ended.</summary>
    public int Count => _hashes.Count;

    /// <summary>Takes a fact that began: what it says, and since when. When it ends it stays the same fact.</summary>
    public void Begin(Fact fact)
    {
        var builder = FingerprintBuilder.Sha256();
        fact.AddTo(builder.Add("begun").Add((long)FactKinds.Of(fact)).Add(fact.Scope).Add(fact.Key).Add(fact.Fingerprint).Add(fact.ValidFrom));
        _hashes.Add(builder.ToSha256());
    }

    /// <summary>Takes a fact that ended: which one, when, and who saw it last.</summary>
    public void End(Fact fact) => _hashes.Add(FingerprintBuilder.Sha256()
        .Add("ended").Add((long)FactKinds.Of(fact)).Add(fact.Key).Add(fact.ValidFrom).Add(fact.ValidTo).Add(fact.LastRun?.Value).ToSha256());

    /// <summary>The digest, in hex.</summary>
    public string Digest()
    {
        _hashes.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hashes.ForEach(sha256.AppendData);
        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }
}
