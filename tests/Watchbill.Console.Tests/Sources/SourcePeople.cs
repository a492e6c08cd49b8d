using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Console.Tests.Sources;

/// <summary>Two people who can own sources, and the mail they would get.</summary>
internal sealed class SourcePeople : IOwnerDirectory, IOwnerMail
{
    public List<OwnerMessage> Mail { get; } = [];

    public void Register(IServiceCollection services) => services.AddSingleton<IOwnerDirectory>(this).AddSingleton<IOwnerMail>(this);

    public Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnerAccount>>(
    [
        new OwnerAccount(new AccountId(1), "Ada Example", "ada@example.com", MayManage: true),
        new OwnerAccount(new AccountId(2), "Ben Example", "ben@example.com", MayManage: true),
    ]);

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
