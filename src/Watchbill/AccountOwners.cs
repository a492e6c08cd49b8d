using Watchbill.Connectors;
using Watchbill.Notifications;
using Watchbill.Notifications.Channels;
using Watchbill.Notifications.Notices;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill;

/// <summary>The accounts as those who look after connectors: Connectors asks, People knows, Notifications tells them.</summary>
internal sealed class AccountOwners(AccountQueries accounts, NoticeBoard notices, Outbox outbox, PublicAddress address) : IOwnerDirectory, IOwnerMail
{
    public async Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken)
    {
        List<OwnerAccount> owners = [];
        var filter = new AccountFilter { State = AccountState.Active, Kind = HolderKind.Person, Limit = AccountFilter.MaxLimit };
        AccountPage page;
        do
        {
            page = (await accounts.ListAsync(filter with { Offset = owners.Count }, Caller.System, cancellationToken)).Value;
            owners.AddRange(
                from account in page.Items
                let rights = RoleRights.Of(account.Roles)
                select new OwnerAccount(account.Id, account.DisplayName, account.Address, rights.Contains(Right.ManageConnectors))
                {
                    MayChangeAccess = rights.Contains(Right.ChangeAccess),
                    MayEnterEngagements = rights.Contains(Right.EnterEngagements),
                    MayOwnActions = rights.Contains(Right.ReadAccess) && rights.Contains(Right.AskForExceptions),
                });
        }
        while (page.Items.Count > 0 && owners.Count < page.Total);
        return owners;
    }

    /// <summary>Whoever cannot sign in any more is told nothing.</summary>
    public async Task AppendAsync(Transaction transaction, OwnerMessage message, CancellationToken cancellationToken)
    {
        if (await AccountStore.FindAsync(transaction, message.To, cancellationToken) is { State: AccountState.Active, Kind: HolderKind.Person } account)
        {
            var draft = new MailDraft(account.Address, message.Kind, message.Subject, message.Sentences, address.Of(message.Path), "Open it in Watchbill");
            await notices.TellAsync(transaction, account.Id, draft, cancellationToken);
        }
    }

    public Task AnnounceAsync(Transaction transaction, PublicNotice notice, CancellationToken cancellationToken) => outbox.AnnounceAsync(
        transaction, new Announcement(notice.Kind, notice.Connector, notice.Subject, notice.Sentences, address.Of(notice.Path)), cancellationToken);
}
