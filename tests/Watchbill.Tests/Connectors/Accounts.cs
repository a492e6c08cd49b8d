using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Tests.Connectors;

/// <summary>People who can own connectors, and the mail they got.</summary>
internal sealed class Accounts : IOwnerDirectory, IOwnerMail
{
    public static OwnerAccount Ada { get; } = new(new AccountId(1), "Ada", "ada@example.com", MayManage: true) { MayChangeAccess = true, MayOwnActions = true };

    public static OwnerAccount Ben { get; } = new(new AccountId(2), "Ben", "ben@example.com", MayManage: true) { MayOwnActions = true };

    /// <summary>May read only.</summary>
    public static OwnerAccount Cyd { get; } = new(new AccountId(3), "Cyd", "cyd@example.com", MayManage: false);

    public List<OwnerMessage> Mail { get; } = [];

    public Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnerAccount>>([Ada, Ben, Cyd]);

    public Task AppendAsync(Transaction transaction, OwnerMessage message, CancellationToken cancellationToken)
    {
        Mail.Add(message);
        return Task.CompletedTask;
    }

    public List<PublicNotice> Announced { get; } = [];

    public Task AnnounceAsync(Transaction transaction, PublicNotice notice, CancellationToken cancellationToken)
    {
        Announced.Add(notice);
        return Task.CompletedTask;
    }
}
