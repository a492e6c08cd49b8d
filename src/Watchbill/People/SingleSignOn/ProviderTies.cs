using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SingleSignOn;

/// <summary>The tie between an account and whoever entered it by single sign-on. Where it ends, the next one with the account's verified address is tied to it.</summary>
public sealed class ProviderTies
{
    private readonly Database _database;
    private readonly AuditLog _audit;

    internal ProviderTies(Database database, AuditLog audit)
    {
        _database = database;
        _audit = audit;
    }

    /// <summary>Since when somebody enters this account by single sign-on; null when nobody does. Everybody may ask about their own.</summary>
    public async Task<Result<DateTimeOffset?>> SinceAsync(AccountId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != id && caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return await ProviderLoginStore.SinceAsync(session, id, cancellationToken);
    }

    /// <summary>Ends it. Sessions that are under way stay.</summary>
    public async Task<Result<AccountId>> EndAsync(AccountId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManagePeople) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<AccountId>>(
            async transaction =>
            {
                if (await AccountStore.FindAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return PeopleRefusals.NoSuchAccount(id);
                }

                if (PeopleRules.RefuseBeyond(row.ToAccount().Roles, caller) is { } refused)
                {
                    return refused;
                }

                if (await ProviderLoginStore.DeleteAsync(transaction, id, cancellationToken) == 0)
                {
                    return PeopleRefusals.NoProviderTie();
                }

                await _audit.AppendAsync(transaction, PeopleEvents.Tied("provider-untied", id, issuer: null, caller.Actor), cancellationToken);
                return id;
            },
            cancellationToken);
    }
}
