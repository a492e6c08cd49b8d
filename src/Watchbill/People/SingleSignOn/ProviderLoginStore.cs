using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SingleSignOn;

/// <summary>The SQL of who an identity provider's people are here.</summary>
internal static class ProviderLoginStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
        builder.Entity<ProviderLoginRow>().HasPrimaryKey(row => new { row.Issuer, row.Subject }));

    public static Task<ProviderLoginRow?> FindAsync(DatabaseSession session, string issuer, string subject, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ProviderLoginRow>().FirstOrDefaultAsync(row => row.Issuer == issuer && row.Subject == subject, cancellationToken);

    /// <summary>Whether somebody of this issuer enters an account already.</summary>
    public static Task<bool> AnyAsync(DatabaseSession session, AccountId account, string issuer, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ProviderLoginRow>().AnyAsync(row => row.AccountId == account && row.Issuer == issuer, cancellationToken);

    public static Task<DateTimeOffset?> SinceAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ProviderLoginRow>().Where(row => row.AccountId == account).MinAsync(row => (DateTimeOffset?)row.CreatedAt, cancellationToken);

    public static Task InsertAsync(Transaction transaction, ProviderLoginRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    public static Task<int> DeleteAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ProviderLoginRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);
}

/// <summary>A row of the provider logins' table.</summary>
internal sealed record ProviderLoginRow
{
    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public AccountId AccountId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
