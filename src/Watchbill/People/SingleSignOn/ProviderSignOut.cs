using Watchbill.Audit;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.SingleSignOn;

/// <summary>What an identity provider says about a session that ended there; its signature was verified.</summary>
/// <param name="Issuer">Who says it.</param>
/// <param name="Subject">Whose session it was; null when only the session is named.</param>
/// <param name="Session">The session there; null when all of the subject's ended.</param>
/// <param name="At">When it was said: sessions that began later are others.</param>
public sealed record ProviderSessionEnd(string Issuer, string? Subject, string? Session, DateTimeOffset At);

/// <summary>Ends sessions here when those at the identity provider do, which come of them. Said twice, nothing more ends.</summary>
public sealed class ProviderSignOut
{
    private readonly Database _database;
    private readonly AuditLog _audit;

    internal ProviderSignOut(Database database, AuditLog audit)
    {
        _database = database;
        _audit = audit;
    }

    /// <summary>Ends them.</summary>
    /// <param name="end">What the provider said.</param>
    /// <param name="visitor">Where it was said from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many ended.</returns>
    public async Task<int> RunAsync(ProviderSessionEnd end, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(visitor);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                var account = end.Subject is { } subject ? (await ProviderLoginStore.FindAsync(transaction, end.Issuer, subject, cancellationToken))?.AccountId : null;
                if (end.Subject is not null && account is null)
                {
                    return 0;
                }

                var ended = await SessionStore.DeleteOfProviderAsync(transaction, account, end.Session, end.At, cancellationToken);
                foreach (var (owner, count) in ended)
                {
                    await _audit.AppendAsync(
                        transaction, PeopleEvents.SessionsEnded(owner, count, PeopleEvents.By(owner, visitor)) with { Reason = "They were signed out at the identity provider." }, cancellationToken);
                }

                return ended.Values.Sum();
            },
            cancellationToken);
    }
}
