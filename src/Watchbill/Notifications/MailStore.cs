using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.Notifications;

/// <summary>The SQL of the outbox.</summary>
internal static class MailStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(MailState), typeof(string));
        builder.Entity<MailRow>().HasPrimaryKey(row => row.Id).HasIdentity(row => row.Id);
    });

    public static Task InsertAsync(Transaction transaction, MailRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    /// <summary>What is due, oldest first.</summary>
    public static async Task<IReadOnlyList<MailRow>> DueAsync(DatabaseSession session, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<MailRow>()
            .Where(row => row.State == MailState.Waiting && row.NextAttemptAt <= now)
            .OrderBy(row => row.NextAttemptAt).ThenBy(row => row.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Takes a mail for one try. Of several workers one is answered true; when that one dies, the mail is due again at <paramref name="until"/>.
    /// </summary>
    public static async Task<bool> TryClaimAsync(Transaction transaction, MailRow due, DateTimeOffset until, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<MailRow>()
            .Where(row => row.Id == due.Id && row.State == MailState.Waiting && row.Attempts == due.Attempts)
            .Set(row => row.Attempts, due.Attempts + 1)
            .Set(row => row.NextAttemptAt, until)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Writes how a try ended. What is finished loses its text: a link in it may still work.</summary>
    public static Task FinishAsync(Transaction transaction, MailRow tried, MailOutcome outcome, CancellationToken cancellationToken)
    {
        var text = outcome.State is MailState.Waiting ? tried.ProtectedText : null;
        return transaction.Connection.GetTable<MailRow>()
            .Where(row => row.Id == tried.Id && row.State == MailState.Waiting && row.Attempts == tried.Attempts)
            .Set(row => row.State, outcome.State)
            .Set(row => row.ProtectedText, text)
            .Set(row => row.NextAttemptAt, outcome.NextAttemptAt)
            .Set(row => row.FinishedAt, outcome.FinishedAt)
            .Set(row => row.LastError, outcome.Error)
            .UpdateAsync(cancellationToken);
    }

    public static async Task<IReadOnlyList<Mail>> ListAsync(DatabaseSession session, int limit, CancellationToken cancellationToken)
    {
        var rows = await session.Connection.GetTable<MailRow>().OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(static row => row.ToMail())];
    }

    public static Task SweepAsync(Transaction transaction, DateTimeOffset before, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<MailRow>().DeleteAsync(row => row.State != MailState.Waiting && row.CreatedAt < before, cancellationToken);
}

/// <summary>How a try ended.</summary>
internal sealed record MailOutcome(MailState State, DateTimeOffset NextAttemptAt, DateTimeOffset? FinishedAt, string? Error);

/// <summary>A row of the outbox. Its text is in it only as the vault's ciphertext.</summary>
internal sealed record MailRow
{
    public long Id { get; init; }

    public required string Kind { get; init; }

    public required string Recipient { get; init; }

    public required string Subject { get; init; }

    public string? ProtectedText { get; init; }

    public MailState State { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset NextAttemptAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? LastError { get; init; }

    public Mail ToMail() => new()
    {
        Id = Id,
        Kind = Kind,
        Recipient = Recipient,
        Subject = Subject,
        State = State,
        Attempts = Attempts,
        CreatedAt = CreatedAt,
        NextAttemptAt = NextAttemptAt,
        FinishedAt = FinishedAt,
        LastError = LastError,
    };
}
