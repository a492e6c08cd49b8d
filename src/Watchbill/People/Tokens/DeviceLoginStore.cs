using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.People.Tokens;

/// <summary>The life of a device login: it starts Waiting; a signed-in person approves or denies it; the device collects an approved one once.</summary>
internal enum DeviceLoginState
{
    /// <summary>The device waits for somebody to type its code.</summary>
    Waiting,

    /// <summary>Somebody allowed it; the device has not asked since.</summary>
    Approved,

    /// <summary>Somebody forbade it.</summary>
    Denied,

    /// <summary>The device has its token.</summary>
    Collected,
}

/// <summary>The SQL of device logins.</summary>
internal static class DeviceLoginStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(DeviceLoginState), typeof(string));
        builder.Entity<DeviceLoginRow>().HasIdentityKey(row => row.Id);
    });

    public static Task InsertAsync(Transaction transaction, DeviceLoginRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    public static Task<DeviceLoginRow?> FindByDeviceAsync(Transaction transaction, string digest, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<DeviceLoginRow>().FirstOrDefaultAsync(row => row.DeviceDigest == digest, cancellationToken);

    public static Task<DeviceLoginRow?> FindWaitingAsync(DatabaseSession session, string userCode, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DeviceLoginRow>()
            .FirstOrDefaultAsync(row => row.UserCode == userCode && row.State == DeviceLoginState.Waiting && row.ExpiresAt > now, cancellationToken);

    /// <summary>Writes what a person decided. Of several decisions at once, one is answered true.</summary>
    public static async Task<bool> TryDecideAsync(Transaction transaction, DeviceLoginRow decided, DateTimeOffset now, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<DeviceLoginRow>()
            .Where(row => row.Id == decided.Id && row.State == DeviceLoginState.Waiting && row.ExpiresAt > now)
            .Set(row => row.State, decided.State)
            .Set(row => row.AccountId, decided.AccountId)
            .Set(row => row.Rights, decided.Rights)
            .Set(row => row.TokenExpiresAt, decided.TokenExpiresAt)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Notes that the device asked, when it waited long enough.</summary>
    public static async Task<bool> TryPollAsync(Transaction transaction, long id, DateTimeOffset now, DateTimeOffset next, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<DeviceLoginRow>()
            .Where(row => row.Id == id && row.NextPollAt <= now)
            .Set(row => row.NextPollAt, next)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Takes an approved login. Of several who ask at once, one is answered true.</summary>
    public static async Task<bool> TryCollectAsync(Transaction transaction, long id, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<DeviceLoginRow>()
            .Where(row => row.Id == id && row.State == DeviceLoginState.Approved)
            .Set(row => row.State, DeviceLoginState.Collected)
            .UpdateAsync(cancellationToken) == 1;

    public static Task SweepAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<DeviceLoginRow>().DeleteAsync(row => row.ExpiresAt <= now, cancellationToken);
}

/// <summary>A row of the table of device logins.</summary>
internal sealed record DeviceLoginRow
{
    public long Id { get; init; }

    public required string DeviceDigest { get; init; }

    public required string UserCode { get; init; }

    public required string Client { get; init; }

    public string? FromAddress { get; init; }

    public DeviceLoginState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset NextPollAt { get; init; }

    public long? AccountId { get; init; }

    public string? Rights { get; init; }

    public DateTimeOffset? TokenExpiresAt { get; init; }
}
