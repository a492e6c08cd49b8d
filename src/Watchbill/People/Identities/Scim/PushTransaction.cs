using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities.Scim;

/// <summary>What is pushed is written here.</summary>
internal static class PushTransaction
{
    /// <summary>One change of a directory at a time; its token may have been revoked since it was looked at.</summary>
    public static Task<Result<T>> RunAsync<T>(Database database, DirectoryPusher pusher, Func<Transaction, DirectoryRow, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"directory {pusher.Directory}", cancellationToken);
                return await IdentityStore.FindDirectoryAsync(transaction, pusher.Directory, cancellationToken) is { TokenDigest: not null } directory
                    ? await work(transaction, directory)
                    : IdentityRefusals.NoSuchDirectory(pusher.Directory);
            },
            cancellationToken);
}
