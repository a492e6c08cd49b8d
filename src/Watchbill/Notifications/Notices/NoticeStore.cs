using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Notifications.Notices;

/// <summary>The SQL of what people chose, and of what waits for their daily mail.</summary>
internal static class NoticeStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(Delivery), typeof(string));
        builder.Entity<NoticeChoiceRow>().HasTableName("notice_choice").HasPrimaryKey(row => new { row.AccountId, row.Kind });
        builder.Entity<DigestLineRow>().HasTableName("digest_line").HasIdentityKey(row => row.Id);
    });

    public static async Task<IReadOnlyDictionary<string, Delivery>> ChoicesAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<NoticeChoiceRow>().Where(row => row.AccountId == account).ToDictionaryAsync(static row => row.Kind, static row => row.Delivery, StringComparer.Ordinal, cancellationToken);

    public static async Task ReplaceChoicesAsync(Transaction transaction, AccountId account, IEnumerable<NoticeChoiceRow> choices, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<NoticeChoiceRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);
        await transaction.InsertAllAsync(choices, cancellationToken);
    }

    public static Task InsertLineAsync(Transaction transaction, DigestLineRow line, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(line, token: cancellationToken);

    /// <summary>Those for whom something was written before an instant.</summary>
    public static async Task<IReadOnlyList<AccountId>> WaitingAsync(DatabaseSession session, DateTimeOffset before, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<DigestLineRow>().Where(row => row.CreatedAt < before).Select(row => row.AccountId).Distinct().ToListAsync(cancellationToken);

    public static async Task<IReadOnlyList<DigestLineRow>> LinesAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<DigestLineRow>().Where(row => row.AccountId == account).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task DeleteLinesAsync(Transaction transaction, AccountId account, long last, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<DigestLineRow>().DeleteAsync(row => row.AccountId == account && row.Id <= last, cancellationToken);
}

/// <summary>What a person chose for one kind of message.</summary>
internal sealed record NoticeChoiceRow
{
    public AccountId AccountId { get; init; }

    public required string Kind { get; init; }

    public Delivery Delivery { get; init; }
}

/// <summary>Something that waits for a person's daily mail, encrypted as mails are.</summary>
internal sealed record DigestLineRow
{
    public long Id { get; init; }

    public AccountId AccountId { get; init; }

    public required string ProtectedText { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
