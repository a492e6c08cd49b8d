using Watchbill.Kernel;
using Watchbill.Notifications.Channels;
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
    private readonly ChannelPoster _channels;
    private readonly TimeProvider _clock;

    internal SendMail(Database database, SecretVault vault, MailOptions options, ChannelPoster channels, TimeProvider clock)
    {
        _database = database;
        _vault = vault;
        _options = options;
        _channels = channels;
        _clock = clock;
    }

    /// <summary>Tries what is due, a batch at most. Without a mail server that is only what goes to channels.</summary>
    /// <returns>How many were tried; a full batch means that more may be due.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(cancellationToken);
        await MailAsync([.. claimed.Where(static row => row.ChannelId is null)], cancellationToken);

        // All at once: a channel that does not answer keeps nothing else waiting for longer than its own patience.
        await Task.WhenAll(claimed.Where(static row => row.ChannelId is not null).Select(row => PostAsync(row, row.ChannelId!.Value, cancellationToken)));
        return claimed.Count;
    }

    /// <summary>Forgets mails that were finished 90 days ago.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => _database.InTransactionAsync(
        transaction => MailStore.SweepAsync(transaction, _clock.GetUtcNow() - Kept, cancellationToken), cancellationToken);

    private async Task MailAsync(IReadOnlyList<MailRow> claimed, CancellationToken cancellationToken)
    {
        if (claimed.Count == 0)
        {
            return;
        }

        using var sender = new MailSender(_options, _clock);
        var trouble = await sender.ConnectAsync(cancellationToken);
        foreach (var row in claimed)
        {
            await FinishAsync(row, trouble is not null ? MailDelivery.Later(trouble) : await TryAsync(
                row, text => sender.SendAsync(new ReadyMail(row.Id, row.Recipient, row.Subject, MailText.Parse(text)), cancellationToken)));
        }
    }

    private async Task PostAsync(MailRow row, ChannelId channel, CancellationToken cancellationToken) =>
        await FinishAsync(row, await TryAsync(row, text => _channels.PostAsync(row.Id, channel, text, cancellationToken)));

    /// <summary>Not cancellable: whoever was just written to must not be written to again.</summary>
    private Task FinishAsync(MailRow row, MailDelivery delivery) => _database.InTransactionAsync(
        transaction => MailStore.FinishAsync(transaction, row, OutcomeOf(row, delivery), CancellationToken.None), CancellationToken.None);

    private async Task<List<MailRow>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        IReadOnlyList<MailRow> due;
        await using (var session = _database.OpenRead())
        {
            due = await MailStore.DueAsync(session, now, (Batch, _options.IsConfigured), cancellationToken);
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

    private async Task<MailDelivery> TryAsync(MailRow row, Func<string, Task<MailDelivery>> send)
    {
        string text;
        try
        {
            text = _vault.Unprotect(row.ProtectedText!);
        }
        catch (SecretUnreadableException)
        {
            return MailDelivery.Never("Its text cannot be decrypted: the key folder is not the one it was written with.");
        }

        return await send(text);
    }

    private MailOutcome OutcomeOf(MailRow row, MailDelivery delivery)
    {
        var now = _clock.GetUtcNow();
        Telemetry.Mails.Add(1, new KeyValuePair<string, object?>("taken", delivery.Taken));
        return delivery.Taken ? new MailOutcome(MailState.Sent, now, now, Error: null)
            : delivery.IsFinal || row.Attempts > Pauses.Length ? new MailOutcome(MailState.GaveUp, now, now, delivery.Error)
            : new MailOutcome(MailState.Waiting, now.AddMinutes(Pauses[row.Attempts - 1]), FinishedAt: null, delivery.Error);
    }
}
