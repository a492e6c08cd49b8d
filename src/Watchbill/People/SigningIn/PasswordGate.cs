using Watchbill.People.SecondFactors;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>
/// Lets in whoever has a password, by whichever way they showed or chose it: the one place that knows whether it is enough. Identity providers ask for factors of their own, and
/// links of the command line are for whom nothing else lets in; both do not come by here.
/// </summary>
internal sealed class PasswordGate(SessionBook sessions, OneTimeLinks links, SecondFactorBook factors, SecondFactorOptions policy, PeopleOptions options)
{
    /// <summary>Begins a session, or a second step.</summary>
    /// <param name="transaction">The transaction of the proof.</param>
    /// <param name="account">Who it is.</param>
    /// <param name="visitor">Where they come from.</param>
    /// <param name="how">How they proved it, a word for the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Entered> EnterAsync(Transaction transaction, Account account, Visitor visitor, string how, CancellationToken cancellationToken)
    {
        // Asked again: somebody may have set it up while the password was verified.
        var now = await AccountStore.FindAsync(transaction, account.Id, cancellationToken);
        if (now is { SecondFactorSince: null })
        {
            if (!policy.IsRequired)
            {
                return new Entered.In(await sessions.BeginAsync(transaction, account, visitor, how, cancellationToken));
            }

            await factors.BeginAsync(transaction, now, cancellationToken);
        }

        return new Entered.Halfway(await links.IssueSecondStepAsync(transaction, account.Id, options.SecondStepLife, cancellationToken));
    }
}
