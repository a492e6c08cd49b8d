using Watchbill.Storage;

namespace Watchbill.Notifications;

/// <summary>
/// Sends what is due. A mail is claimed before it is tried, so that several workers never try one at the same time, and a worker that dies loses
/// nothing: its mail is due again after the lease. One that is not taken is tried again after growing pauses, eight times within about a day.
/// </summary>
public sealed class SendMail
{
    private const int Batch = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The pause after each failed try, in minutes; after the last try there is none.</summary>
    private static readonly int[] Pauses = [1, 5, 15, 60, 180, 360, 720];

    private readonly Database _database;
    private readonly SecretVault _vault;
    private readonly MailOptions _options;
    private readonly TimeProvider _clock;

    internal SendMail(Database database, SecretVault vault, MailOptions options, TimeProvider clock)
    {
        _database = database;
        _vault = vault;
        _options = options;
        _clock = clock;
    }

    /// <summary>Tries what is due, a batch at most. Without a mail server there is nothing to do.</summary>
    /// <returns>How many were tried; a full batch means that more may be due.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!_options.IsConfigured)
        {
            return 0;
        }

        var claimed = await ClaimAsync(cancellationToken);
        if (claimed.Count == 0)
        {
            return 0;
        }

        using var sender = new MailSender(_options, _clock);
        var trouble = await sender.ConnectAsync(cancellationToken);
        foreach (var row in claimed)
        {
            var delivery = trouble is null ? await TryAsync(sender, row, cancellationToken) : MailDelivery.Later(trouble);

            // Not cancellable: whoever was just written to must not be written to again.
            await _database.InTransactionAsync(
                transaction => MailStore.FinishAsync(transaction, row, OutcomeOf(row, delivery), CancellationToken.None), CancellationToken.None);
        }

        return claimed.Count;
    }

    /// <summary>Forgets mails that were finished 90 days ago.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => _database.InTransactionAsync(
        transaction => MailStore.SweepAsync(transaction, _clock.GetUtcNow() - Kept, cancellationToken), cancellationToken);

    private async Task<List<MailRow>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        IReadOnlyList<MailRow> due;
        await using (var session = _database.OpenRead())
        {
            due = await MailStore.DueAsync(session, now, Batch, cancellationToken);
        }

        if (due.Count == 0)
        {
            return [];
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                List<MailRow> claimed = [];
                foreach (var row in due)
                {
                    if (await MailStore.TryClaimAsync(transaction, row, now + Lease, cancellationToken))
                    {
                        claimed.Add(row with { Attempts = row.Attempts + 1 });
                    }
                }

                return claimed;
            },
            cancellationToken);
    }

    private async Task<MailDelivery> TryAsync(MailSender sender, MailRow row, CancellationToken cancellationToken)
    {
        MailText text;
        try
        {
            text = MailText.Parse(_vault.Unprotect(row.ProtectedText!));
        }
        catch (SecretUnreadableException)
        {
            return MailDelivery.Never("Its text cannot be decrypted: the key folder is not the one it was written with.");
        }

        return await sender.SendAsync(new ReadyMail(row.Id, row.Recipient, row.Subject, text), cancellationToken);
    }

    private MailOutcome OutcomeOf(MailRow row, MailDelivery delivery)
    {
        var now = _clock.GetUtcNow();
        return delivery.Taken ? new MailOutcome(MailState.Sent, now, now, Error: null)
            : delivery.IsFinal || row.Attempts > Pauses.Length ? new MailOutcome(MailState.GaveUp, now, now, delivery.Error)
            : new MailOutcome(MailState.Waiting, now.AddMinutes(Pauses[row.Attempts - 1]), FinishedAt: null, delivery.Error);
    }
}
