using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.Integrity.Keys;

/// <summary>The SQL of public keys. They are only added.</summary>
internal static class KeyStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(KeyUse), typeof(string));
        builder.Entity<EvidenceKeyRow>().HasTableName("evidence_key").HasPrimaryKey(row => new { row.KeyUse, row.Generation });
    });

    /// <summary>The keys of one use, oldest first.</summary>
    public static Task<List<EvidenceKeyRow>> OfAsync(DatabaseSession session, KeyUse use, CancellationToken cancellationToken) =>
        session.Connection.GetTable<EvidenceKeyRow>().Where(row => row.KeyUse == use).OrderBy(row => row.Generation).ToListAsync(cancellationToken);

    public static Task InsertAsync(Transaction transaction, EvidenceKeyRow row, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(row, token: cancellationToken);
}

/// <summary>A public key as it lies in the database.</summary>
internal sealed record EvidenceKeyRow
{
    public KeyUse KeyUse { get; init; }

    /// <summary>1 for the first.</summary>
    public int Generation { get; init; }

    /// <summary>The key, as OpenSSL takes it.</summary>
    public required string Pem { get; init; }

    /// <summary>Since when it signs.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The envelope by which the key before made it the next; null for a first key.</summary>
    public string? Endorsement { get; init; }
}
