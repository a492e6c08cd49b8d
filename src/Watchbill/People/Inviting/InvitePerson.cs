using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.Inviting;

/// <summary>Whom to invite.</summary>
/// <param name="Address">The e-mail address.</param>
/// <param name="Name">What to call them; null leaves it to them.</param>
/// <param name="Roles">What they will be.</param>
public sealed record InviteInput(string Address, string? Name, IReadOnlyCollection<Role> Roles);

/// <summary>Somebody was invited.</summary>
/// <param name="Account">Their account.</param>
/// <param name="Link">What they accept with; shown once.</param>
public sealed record Invitation(Account Account, IssuedLink Link);

/// <summary>Invites people: makes an account that its person enters by a one-time link.</summary>
public sealed class InvitePerson
{
    private readonly Database _database;
    private readonly OneTimeLinks _links;
    private readonly IPeopleMail _mail;
    private readonly AuditLog _audit;
    private readonly PeopleOptions _options;
    private readonly TimeProvider _clock;

    internal InvitePerson(EntryParts parts, Database database, AuditLog audit, PeopleOptions options, TimeProvider clock)
    {
        _database = database;
        _links = parts.Links;
        _mail = parts.Mail;
        _audit = audit;
        _options = options;
        _clock = clock;
    }

    /// <summary>Invites somebody new, or somebody whose invitation was withdrawn. The link is in the answer, and in their mail when mail is configured.</summary>
    public async Task<Result<Invitation>> InviteAsync(InviteInput input, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManagePeople) ?? PersonInput.RefuseRoles(input.Roles) ?? PeopleRules.RefuseBeyond(input.Roles, caller)) is { } refusal)
        {
            return refusal;
        }

        if (PersonInput.Address(input.Address) is not { } address)
        {
            return PeopleRefusals.BadAddress();
        }

        var name = string.IsNullOrWhiteSpace(input.Name) ? null : PersonInput.Name(input.Name);
        if (name is null && !string.IsNullOrWhiteSpace(input.Name))
        {
            return PeopleRefusals.BadName();
        }

        var wanted = NewRow(name, address, input.Roles);
        return await _database.InTransactionAsync<Result<Invitation>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"address {address}", cancellationToken);
                var known = await AccountStore.FindAsync(transaction, address, cancellationToken);
                if (RefuseKnown(known) is { } refused)
                {
                    return refused;
                }

                var row = known is null
                    ? wanted with { Id = await AccountStore.InsertAsync(transaction, wanted, cancellationToken) }
                    : await ReviveAsync(transaction, known, wanted, cancellationToken);
                await _audit.AppendAsync(transaction, PeopleEvents.Made("person-invited", row, row.Id, caller.Actor), cancellationToken);
                return await SendAsync(transaction, row, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Makes a new link for an open invitation; the old one stops working.</summary>
    public Task<Result<Invitation>> ResendAsync(AccountId id, Caller caller, CancellationToken cancellationToken) => InvitedAsync(
        id, caller,
        async (transaction, row) =>
        {
            if (PeopleRules.RefuseBeyond(row.ToAccount().Roles, caller) is { } refusal)
            {
                return refusal;
            }

            await _audit.AppendAsync(transaction, PeopleEvents.LinkIssued("invitation-sent-again", id, _mail.IsConfigured, caller.Actor), cancellationToken);
            return await SendAsync(transaction, row, cancellationToken);
        },
        cancellationToken);

    /// <summary>Withdraws an open invitation: its link stops working and the account is closed.</summary>
    public Task<Result<Account>> WithdrawAsync(AccountId id, Caller caller, CancellationToken cancellationToken) => InvitedAsync<Account>(
        id, caller,
        async (transaction, row) =>
        {
            var closed = row with { State = AccountState.Closed, StateSince = _clock.GetUtcNow() };
            if (!await AccountStore.TryUpdateAsync(transaction, closed, cancellationToken))
            {
                return PeopleRefusals.ChangedMeanwhile();
            }

            await OneTimeLinkStore.VoidAllAsync(transaction, id, cancellationToken);
            await _audit.AppendAsync(transaction, PeopleEvents.Changed("invitation-withdrawn", row, closed, caller.Actor), cancellationToken);
            return (closed with { Version = row.Version + 1 }).ToAccount();
        },
        cancellationToken);

    private static Refusal? RefuseKnown(AccountRow? known) => known switch
    {
        null => null,
        { State: AccountState.Closed, AcceptedAt: null } => null,
        { State: AccountState.Closed } => PeopleRefusals.AccountIsClosed(),
        _ => PeopleRefusals.AddressTaken(),
    };

    private async Task<Result<T>> InvitedAsync<T>(
        AccountId id, Caller caller, Func<Transaction, AccountRow, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManagePeople) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<T>>(
            async transaction => await AccountStore.FindAsync(transaction, id, cancellationToken) switch
            {
                null => PeopleRefusals.NoSuchAccount(id),
                { State: AccountState.Invited } row => await work(transaction, row),
                _ => PeopleRefusals.NotInState("invited"),
            },
            cancellationToken);
    }

    /// <summary>The account of a withdrawn invitation is used again: the audit log knows it by its number.</summary>
    private static async Task<AccountRow> ReviveAsync(Transaction transaction, AccountRow known, AccountRow wanted, CancellationToken cancellationToken)
    {
        var revived = wanted with { Id = known.Id, Version = known.Version, CreatedAt = known.CreatedAt };
        await AccountStore.TryUpdateAsync(transaction, revived, cancellationToken);
        return revived with { Version = known.Version + 1 };
    }

    private async Task<Result<Invitation>> SendAsync(Transaction transaction, AccountRow row, CancellationToken cancellationToken)
    {
        var link = await _links.IssueAsync(transaction, OneTimeLinkKind.Invitation, row.Id, _options.InvitationLife, cancellationToken);
        await _mail.AppendAsync(transaction, PeopleMessages.Invitation(row, link), cancellationToken);
        return new Invitation(row.ToAccount(), link with { Mailed = _mail.IsConfigured });
    }

    private AccountRow NewRow(string? name, string address, IReadOnlyCollection<Role> roles)
    {
        var now = _clock.GetUtcNow();
        return new AccountRow
        {
            Name = name,
            Address = address,
            Roles = NameList.Write(roles),
            State = AccountState.Invited,
            StateSince = now,
            Version = 1,
            CreatedAt = now,
        };
    }
}
