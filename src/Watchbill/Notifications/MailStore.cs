using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Notifications;

/// <summary>The SQL of the outbox.</summary>
internal static class MailStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(MailState), typeof(string));
        builder.Entity<MailRow>().HasIdentityKey(row => row.Id);
    });

    public static Task InsertAsync(Transaction transaction, MailRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    /// <summary>What is due, oldest first; without a mail server only what goes to channels.</summary>
    public static async Task<IReadOnlyList<MailRow>> DueAsync(DatabaseSession session, DateTimeOffset now, (int Limit, bool WithMail) what, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<MailRow>()
            .Where(row => row.State == MailState.Waiting && row.NextAttemptAt <= now && (what.WithMail || row.ChannelId != null))
            .OrderBy(row => row.NextAttemptAt).ThenBy(row => row.Id)
            .Take(what.Limit)
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

    /// <summary>The newest message of each channel.</summary>
    public static async Task<IReadOnlyDictionary<ChannelId, Mail>> LatestOfChannelsAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var mails = session.Connection.GetTable<MailRow>();
        var newest = mails.Where(row => row.ChannelId != null).GroupBy(row => row.ChannelId).Select(group => group.Max(row => row.Id));
        var rows = await mails.Where(row => newest.Contains(row.Id)).ToListAsync(cancellationToken);
        return rows.ToDictionary(static row => row.ChannelId!.Value, static row => row.ToMail());
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

    /// <summary>An address, or the name a channel had.</summary>
    public required string Recipient { get; init; }

    /// <summary>The channel it goes to; null for mail.</summary>
    public ChannelId? ChannelId { get; init; }

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
        Channel = ChannelId,
        Subject = Subject,
        State = State,
        Attempts = Attempts,
        CreatedAt = CreatedAt,
        NextAttemptAt = NextAttemptAt,
        FinishedAt = FinishedAt,
        LastError = LastError,
    };
}
