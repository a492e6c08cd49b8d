namespace Watchbill.Integrity.Keys;

/// <summary>A key that signs, or signed once.</summary>
/// <param name="PublicKey">The key, 32 bytes.</param>
/// <param name="FromSize">The size of the log's first checkpoint that it signed; 0 for a first key, and for keys of statements.</param>
/// <param name="Endorsement">The envelope by which the key before made it the next; null for a first key.</param>
internal sealed record ChainKey(byte[] PublicKey, long FromSize, string? Endorsement)
{
    /// <summary>What people compare.</summary>
    public string Fingerprint => SigningKey.FingerprintOf(PublicKey);
}

/// <summary>All keys of one use, oldest first: each was endorsed by the one before it. Who trusts one of them trusts those after it.</summary>
internal sealed class KeyChain
{
    private KeyChain(IReadOnlyList<ChainKey> keys, string? problem)
    {
        Keys = keys;
        Problem = problem;
        Origin = NoteKeys.OriginOf(keys[0].PublicKey);
    }

    /// <summary>Those that may be trusted when the first may: at least one.</summary>
    public IReadOnlyList<ChainKey> Keys { get; }

    /// <summary>The one that signs now.</summary>
    public ChainKey Current => Keys[^1];

    /// <summary>The name of the log that they sign.</summary>
    public string Origin { get; }

    /// <summary>What is wrong with them, or with a key after these; null when nothing is.</summary>
    public string? Problem { get; }

    /// <summary>One key that was never replaced.</summary>
    public static KeyChain Of(byte[] publicKey) => new([new ChainKey(publicKey, 0, null)], problem: null);

    /// <summary>Follows the endorsements as far as they lead.</summary>
    /// <param name="use">What the keys sign.</param>
    /// <param name="keys">Each with what endorses it, oldest first; at least one.</param>
    public static KeyChain Read(KeyUse use, IReadOnlyList<(byte[] PublicKey, string? Endorsement)> keys)
    {
        List<ChainKey> good = [new ChainKey(keys[0].PublicKey, 0, null)];
        for (var index = 1; index < keys.Count; index++)
        {
            var (key, envelope) = keys[index];
            if (KeyEndorsement.Read(envelope ?? "", (use, index + 1, key), good[^1].PublicKey) is not { } endorsement || (use is KeyUse.Log && endorsement.FromSize <= good[^1].FromSize))
            {
                return new KeyChain(good, $"Key {index + 1} for {KeyEndorsement.WordOf(use)} is not endorsed by the key before it.");
            }

            good.Add(new ChainKey(key, endorsement.FromSize, envelope));
        }

        return new KeyChain(good, keys[0] is { PublicKey.Length: > 0, Endorsement: null } ? null : $"Key 1 for {KeyEndorsement.WordOf(use)} is no key, or not the first.");
    }

    /// <summary>The same, with something wrong with the keys.</summary>
    public KeyChain With(string problem) => new(Keys, problem);

    /// <summary>Whose signature a checkpoint of a size must have: a key that was replaced earlier signs nothing any more, whoever holds it.</summary>
    public byte[] SignerAt(long size) => Keys.Last(key => key.FromSize <= size).PublicKey;

    /// <summary>Whether somebody who was given this fingerprint once may trust the current key.</summary>
    public bool Has(string fingerprint) => Keys.Any(key => string.Equals(key.Fingerprint, fingerprint, StringComparison.OrdinalIgnoreCase));

    /// <summary>The fingerprint of an earlier key that endorsed the current one, or a key between them; null when this is the current key's, or nobody's.</summary>
    public string? EndorserOf(string? fingerprint) => Keys.SkipLast(1).FirstOrDefault(key => string.Equals(key.Fingerprint, fingerprint, StringComparison.OrdinalIgnoreCase))?.Fingerprint;
}
