using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>
/// Signs somebody in by a one-time link, without a password. Only the command line of the machine that holds the database makes such links: for the
/// demo, and for an administrator who cannot sign in any more.
/// </summary>
public sealed class SignInLink
{
    private readonly Database _database;
    private readonly OneTimeLinks _links;
    private readonly SessionBook _sessions;
    private readonly AuditLog _audit;
    private readonly PeopleOptions _options;
    private readonly TimeProvider _clock;

    internal SignInLink(Database database, OneTimeLinks links, SessionBook sessions, AuditLog audit, PeopleOptions options, TimeProvider clock)
    {
        _database = database;
        _links = links;
        _sessions = sessions;
        _audit = audit;
        _options = options;
        _clock = clock;
    }

    /// <summary>
    /// Makes a link for the Super Administrator with this address. Where there is no account with it, one is made, without a password; the link that
    /// sets Watchbill up stops working then.
    /// </summary>
    /// <param name="name">What to call the person where the account is made.</param>
    /// <param name="address">The address.</param>
    /// <param name="caller">Somebody at the command line, or Watchbill itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IssuedLink>> IssueAsync(string name, string address, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Actor.Kind is not (ActorKind.CommandLine or ActorKind.System))
        {
            return PeopleRefusals.CommandLineOnly();
        }

        if (PersonInput.Name(name) is not { } known)
        {
            return PeopleRefusals.BadName();
        }

        if (PersonInput.Address(address) is not { } to)
        {
            return PeopleRefusals.BadAddress();
        }

        return await _database.InTransactionAsync<Result<IssuedLink>>(
            async transaction =>
            {
                await SetupLink.LockAsync(transaction, cancellationToken);
                var row = await AccountStore.FindAsync(transaction, to, cancellationToken);
                if (row is { Kind: HolderKind.Service })
                {
                    return PeopleRefusals.NotOfService();
                }

                if (row is not null and not { State: AccountState.Active })
                {
                    return PeopleRefusals.NotInState("active");
                }

                var id = row?.Id ?? await MakeAsync(transaction, known, to, caller.Actor, cancellationToken);
                var link = await _links.IssueAsync(transaction, OneTimeLinkKind.SignIn, id, _options.LinkLife, cancellationToken);
                await _audit.AppendAsync(transaction, PeopleEvents.LinkIssued("sign-in-link-made", id, mailed: false, caller.Actor), cancellationToken);
                return link;
            },
            cancellationToken);
    }

    /// <summary>Whose link this is. Looking uses nothing up: mail programs and browsers look ahead.</summary>
    public async Task<Result<Account>> LookAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await _links.FindAsync(OneTimeLinkKind.SignIn, secret, cancellationToken) is not { } link)
        {
            return PeopleRefusals.LinkNotGood();
        }

        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, link.AccountId, cancellationToken) is { State: AccountState.Active } row ? row.ToAccount() : PeopleRefusals.LinkNotGood();
    }

    /// <summary>Uses the link up and begins a session.</summary>
    public async Task<Result<SignedIn>> RunAsync(string? secret, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (await _links.FindAsync(OneTimeLinkKind.SignIn, secret, cancellationToken) is not { } link)
        {
            return PeopleRefusals.LinkNotGood();
        }

        return await _database.InTransactionAsync<Result<SignedIn>>(
            async transaction =>
                await _links.TryTakeAsync(transaction, link, cancellationToken)
                && await AccountStore.FindAsync(transaction, link.AccountId, cancellationToken) is { State: AccountState.Active } row
                    ? await _sessions.BeginAsync(transaction, row.ToAccount(), visitor, "link", cancellationToken)
                    : PeopleRefusals.LinkNotGood(),
            cancellationToken);
    }

    private async Task<AccountId> MakeAsync(Transaction transaction, string name, string address, Actor actor, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var row = new AccountRow
        {
            Name = name,
            Address = address,
            Roles = NameList.Write([Role.SuperAdministrator]),
            State = AccountState.Active,
            StateSince = now,
            Version = 1,
            CreatedAt = now,
            AcceptedAt = now,
        };
        var id = await AccountStore.InsertAsync(transaction, row, cancellationToken);
        await OneTimeLinkStore.VoidAsync(transaction, OneTimeLinkKind.SetUp, default, cancellationToken);
        await _audit.AppendAsync(transaction, PeopleEvents.Made("account-made", row, id, actor), cancellationToken);
        return id;
    }
}
