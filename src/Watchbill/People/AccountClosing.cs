using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>Closes accounts because an identity provider says so.</summary>
internal sealed class AccountClosing(AuditLog audit, TimeProvider clock)
{
    /// <summary>
    /// Closes one. The last Super Administrator's stays, and the audit log says so. The caller holds
    /// <see cref="SuperAdministrators.LockAsync"/>.
    /// </summary>
    /// <returns>Whether it is closed now.</returns>
    /// <exception cref="InvalidOperationException">Somebody changed the account meanwhile: nothing of the push holds, and the provider pushes once more.</exception>
    public async Task<bool> CloseAsync(Transaction transaction, AccountRow row, string reason, Actor pusher, CancellationToken cancellationToken)
    {
        if (await SuperAdministrators.IsLastAsync(transaction, row, cancellationToken))
        {
            await audit.AppendAsync(
                transaction, PeopleEvents.OfAccount("account-of-leaver-kept", row.Id, pusher) with { Reason = SuperAdministrators.WhyLastStays }, cancellationToken);
            return false;
        }

        var closed = row with { State = AccountState.Closed, StateSince = clock.GetUtcNow() };
        await AccountStore.UpdateAsync(transaction, closed, cancellationToken);
        await WaysIn.EndAsync(transaction, row.Id, except: default, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.Changed("account-closed", row, closed, pusher) with { Reason = reason }, cancellationToken);
        return true;
    }
}
