using System.Collections.Concurrent;
using System.Globalization;
using Watchbill.Storage;

namespace Watchbill.Integrity.Keys;

/// <summary>The keys of one use, and the private half of the one that signs now.</summary>
internal sealed record Keyring(KeyChain Chain, SigningKey Current);

/// <summary>
/// The keys that sign: private halves in the key folder that all nodes share, public halves and endorsements in the database. Every look asks the database which key is the current one, so that no
/// node signs with one that another node replaced.
/// </summary>
internal sealed class SigningKeys(string folder, Lazy<SecretVault> vault, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SigningKey> _read = new(StringComparer.Ordinal);

    /// <summary>The keys of one use.</summary>
    /// <exception cref="SecretUnreadableException">The current key's file is not there or not to be read, or what the database says of the keys is not signed by them.</exception>
    public async Task<Keyring> OfAsync(DatabaseSession session, KeyUse use, CancellationToken cancellationToken)
    {
        var (chain, current) = await ReadAsync(session, use, cancellationToken);
        return current is not null && chain.Problem is null ? new Keyring(chain, current)
            : throw new SecretUnreadableException($"{chain.Problem} Restore the key folder and the database from one backup.");
    }

    /// <summary>The public halves, with what is wrong with them. Where none was noted yet, that of the folder, where a key is made when there is none.</summary>
    /// <exception cref="SecretUnreadableException">The current key's file is not to be read.</exception>
    public async Task<KeyChain> ChainAsync(DatabaseSession session, KeyUse use, CancellationToken cancellationToken) => (await ReadAsync(session, use, cancellationToken)).Chain;

    /// <summary>The same for whoever signs: a first key is noted, so that no other is made when its file is lost.</summary>
    /// <inheritdoc cref="OfAsync" path="/exception"/>
    public async Task<Keyring> KeepAsync(Transaction transaction, KeyUse use, CancellationToken cancellationToken)
    {
        if ((await KeyStore.OfAsync(transaction, use, cancellationToken)).Count == 0)
        {
            await KeyStore.InsertAsync(transaction, new EvidenceKeyRow { KeyUse = use, Generation = 1, Pem = LoadOrCreate(use, generation: 1).Pem, Since = Conventions.ToStoredPrecision(clock.GetUtcNow()) }, cancellationToken);
        }

        return await OfAsync(transaction, use, cancellationToken);
    }

    /// <summary>A key for the next place in the line. One that was made and never endorsed, because the process died, is taken.</summary>
    /// <exception cref="SecretUnreadableException">The file cannot be read, written or decrypted.</exception>
    public SigningKey LoadOrCreate(KeyUse use, int generation) => SigningKey.LoadOrCreate(folder, FileOf(use, generation), vault.Value);

    /// <summary>The rows can say what they like: the last of them must be the key that the folder holds, and that key signed the endorsements that lead to it.</summary>
    private async Task<(KeyChain Chain, SigningKey? Current)> ReadAsync(DatabaseSession session, KeyUse use, CancellationToken cancellationToken)
    {
        var rows = await KeyStore.OfAsync(session, use, cancellationToken);
        if (rows.Count == 0)
        {
            var first = LoadOrCreate(use, generation: 1);
            return (KeyChain.Of(first.PublicKey), first);
        }

        var chain = KeyChain.Read(use, [.. rows.Select(static row => (SigningKey.FromPem(row.Pem) ?? [], row.Endorsement))]);
        var name = FileOf(use, rows.Count);
        if (chain.Problem is not null)
        {
            return (chain, null);
        }

        var current = _read.GetValueOrDefault(name) ?? SigningKey.Load(folder, name, vault.Value);
        return current is null ? (chain.With($"The key {name} is not in the key folder."), null)
            : !current.PublicKey.AsSpan().SequenceEqual(chain.Current.PublicKey) ? (chain.With($"The key {name} of the key folder is not the one that the database names."), null)
            : (chain, _read[name] = current);
    }

    private static string FileOf(KeyUse use, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"evidence-{KeyEndorsement.WordOf(use)}{(generation == 1 ? "" : $".{generation}")}.key");
}
