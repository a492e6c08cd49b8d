using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>The ways in that an account has open: sessions, and links that were sent. Its API tokens are none of them: they ask whether the account is open each time.</summary>
internal static class WaysIn
{
    /// <summary>Ends them.</summary>
    /// <param name="transaction">The transaction of what makes them end.</param>
    /// <param name="account">Whose.</param>
    /// <param name="except">The session of whoever asks, which stays; <c>default</c> where none does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task EndAsync(Transaction transaction, AccountId account, SessionId except, CancellationToken cancellationToken)
    {
        await SessionStore.DeleteAllAsync(transaction, account, except, cancellationToken);
        await OneTimeLinkStore.VoidAllAsync(transaction, account, cancellationToken);
    }
}
