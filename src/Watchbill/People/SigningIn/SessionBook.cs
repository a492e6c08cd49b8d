using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>Begins and ends sessions inside the transactions of those who have a reason to.</summary>
internal sealed class SessionBook(PeopleOptions options, AuditLog audit, TimeProvider clock)
{
    /// <summary>Which sessions live now.</summary>
    public SessionBounds Bounds
    {
        get
        {
            var now = clock.GetUtcNow();
            return new SessionBounds(now, now - options.SessionIdle);
        }
    }

    /// <summary>Begins a session for somebody who proved who they are.</summary>
    /// <param name="transaction">The transaction of the proof.</param>
    /// <param name="account">Who it is.</param>
    /// <param name="visitor">Where they come from.</param>
    /// <param name="how">How they proved it, a word for the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SignedIn> BeginAsync(Transaction transaction, Account account, Visitor visitor, string how, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var token = SecretText.Create();
        var row = new SessionRow
        {
            AccountId = account.Id,
            TokenDigest = SecretText.Digest(token),
            CreatedAt = now,
            LastSeenAt = now,
            EndsAt = now + options.SessionLife,
            FromAddress = visitor.From,
            UserAgent = visitor.StoredUserAgent,
        };
        var id = await SessionStore.InsertAsync(transaction, row, cancellationToken);
        Telemetry.SignIns.Add(1, new KeyValuePair<string, object?>("by", how));
        await AccountStore.SetSignedInAsync(transaction, account.Id, now, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.SignedIn(account, id, how, visitor), cancellationToken);
        return new SignedIn(account with { LastSignedInAt = now }, (row with { Id = id }).ToSession(), token);
    }
}
