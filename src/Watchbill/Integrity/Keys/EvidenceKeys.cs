using System.Globalization;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Integrity.Keys;

/// <summary>A key that signs, or signed once.</summary>
public sealed record EvidenceKey
{
    /// <summary>What it signs.</summary>
    public required KeyUse Use { get; init; }

    /// <summary>1 for the first of its use.</summary>
    public required int Generation { get; init; }

    /// <summary>What people compare: SHA-256 of the public key, in hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The public key as OpenSSL takes it.</summary>
    public required string Pem { get; init; }

    /// <summary>The same as tools for transparency logs take it; null for a key of statements.</summary>
    public string? VerifierKey { get; init; }

    /// <summary>Since when it signs; null for a first key that signed nothing yet.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The size of the log's first checkpoint that it signed; 0 for a first key, and for a key of statements.</summary>
    public long FromSize { get; init; }

    /// <summary>Whether it signs now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The DSSE envelope by which the key before made it the next; null for a first key.</summary>
    public string? Endorsement { get; init; }
}

/// <summary>The keys that sign: which there are, and replacing one.</summary>
public sealed class EvidenceKeys
{
    /// <summary>What the audit log says when a key is replaced.</summary>
    internal const string Replaced = "evidence-key-replaced";

    private const int LongestReason = 500;

    private readonly Database _database;
    private readonly SigningKeys _keys;
    private readonly SealLog _seal;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal EvidenceKeys(Database database, SigningKeys keys, SealLog seal, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _keys = keys;
        _seal = seal;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>All keys, those of the log first, oldest first. Needs the right to read the audit log.</summary>
    public async Task<Result<IReadOnlyList<EvidenceKey>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of<IReadOnlyList<EvidenceKey>>([.. await OfAsync(session, KeyUse.Log, cancellationToken), .. await OfAsync(session, KeyUse.Statements, cancellationToken)]);
    }

    /// <summary>
    /// Makes a new key, has the current one endorse it, and signs with it from now on. A new key of the log and the one before it sign one checkpoint together, which holds the event that tells of it: all
    /// of that becomes durable at once.
    /// </summary>
    /// <param name="use">Which key.</param>
    /// <param name="replaces">The fingerprint of the current key, so that nobody replaces a key that somebody else made a moment ago.</param>
    /// <param name="reason">Why; it is kept.</param>
    /// <param name="caller">Who asks. Needs the right to replace keys.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SecretUnreadableException">The key folder cannot be read or written.</exception>
    public async Task<Result<EvidenceKey>> ReplaceAsync(KeyUse use, string replaces, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replaces);
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ReplaceKeys) ?? (OneLine.Fits(reason, LongestReason) ? null : IntegrityRefusals.NoReason())) is { } refusal)
        {
            return refusal;
        }

        // What waits is put in before, so that the transaction that everybody waits for is a short one.
        await _seal.RunAsync(cancellationToken);
        return await _database.InTransactionAsync<Result<EvidenceKey>>(
            async transaction =>
            {
                await SealLog.HoldAsync(transaction, cancellationToken);
                var before = await _keys.KeepAsync(transaction, use, cancellationToken);
                if (!string.Equals(before.Current.Fingerprint, replaces.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return IntegrityRefusals.KeyReplaced(before.Current.Fingerprint);
                }

                await ReplaceAsync(transaction, use, before, (reason.Trim(), caller), cancellationToken);
                return (await OfAsync(transaction, use, cancellationToken))[^1];
            },
            cancellationToken);
    }

    /// <summary>How a key is named in the audit log.</summary>
    internal static string NameOf(KeyUse use, int generation) => string.Create(CultureInfo.InvariantCulture, $"{KeyEndorsement.WordOf(use)}-{generation}");

    private async Task ReplaceAsync(Transaction transaction, KeyUse use, Keyring before, (string Reason, Caller Caller) why, CancellationToken cancellationToken)
    {
        var generation = before.Chain.Keys.Count + 1;
        var next = _keys.LoadOrCreate(use, generation);
        var now = Conventions.ToStoredPrecision(_clock.GetUtcNow());
        await NoteAsync(transaction, (use, generation), (before.Current, next), why, cancellationToken);
        var overlap = use is KeyUse.Log ? await _seal.AppendAllAsync(transaction, before.Chain, [before.Current, next], cancellationToken) : null;
        var endorsement = new KeyEndorsement(use, generation, next.PublicKey, now, overlap?.Size ?? 0, overlap?.Root ?? []);
        var row = new EvidenceKeyRow { KeyUse = use, Generation = generation, Pem = next.Pem, Since = now, Endorsement = endorsement.SignedBy(before.Current, next) };
        await KeyStore.InsertAsync(transaction, row, cancellationToken);
    }

    private Task NoteAsync(Transaction transaction, (KeyUse Use, int Generation) which, (SigningKey Before, SigningKey Next) keys, (string Reason, Caller Caller) why, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal)
        {
            ["use"] = KeyEndorsement.WordOf(which.Use),
            ["fingerprint"] = keys.Next.Fingerprint,
            ["publicKey"] = Convert.ToBase64String(keys.Next.PublicKey),
            ["replaces"] = keys.Before.Fingerprint,
            ["reason"] = why.Reason,
        };
        var noted = new AuditEvent
        {
            Actor = why.Caller.Actor,
            Action = Replaced,
            SubjectKind = "evidence-key",
            SubjectId = NameOf(which.Use, which.Generation),
            After = JsonSerializer.Serialize(text, IntegrityJson.Default.SortedDictionaryStringString),
        };
        return _audit.AppendAsync(transaction, noted, cancellationToken);
    }

    private async Task<IReadOnlyList<EvidenceKey>> OfAsync(DatabaseSession session, KeyUse use, CancellationToken cancellationToken)
    {
        var since = (await KeyStore.OfAsync(session, use, cancellationToken)).ToDictionary(static row => row.Generation, static row => row.Since);
        var chain = await _keys.ChainAsync(session, use, cancellationToken);
        return
        [
            .. chain.Keys.Select((key, index) => new EvidenceKey
            {
                Use = use,
                Generation = index + 1,
                Fingerprint = key.Fingerprint,
                Pem = SigningKey.PemOf(key.PublicKey),
                VerifierKey = use is KeyUse.Log ? NoteKeys.VerifierKeyOf(chain.Origin, key.PublicKey) : null,
                Since = since.TryGetValue(index + 1, out var at) ? at : null,
                FromSize = key.FromSize,
                IsCurrent = index == chain.Keys.Count - 1,
                Endorsement = key.Endorsement,
            }),
        ];
    }
}
