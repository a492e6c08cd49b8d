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

    /// <summary>Work in engagements that name them, and see nothing else.</summary>
    public static OwnerAccount Dee { get; } = new(new AccountId(4), "Dee", "dee@example.org", MayManage: false) { MayEnterEngagements = true };

    public static OwnerAccount Eve { get; } = new(new AccountId(5), "Eve", "eve@example.org", MayManage: false) { MayEnterEngagements = true };

    public List<OwnerMessage> Mail { get; } = [];

    public Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnerAccount>>([Ada, Ben, Cyd, Dee, Eve]);

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
