using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>Lets somebody who forgot their password choose a new one by a one-time link.</summary>
public sealed class PasswordReset
{
    private readonly Database _database;
    private readonly EntryParts _parts;
    private readonly AttemptLimit _attempts;
    private readonly PublicAddress _address;
    private readonly AuditLog _audit;
    private readonly PeopleOptions _options;

    internal PasswordReset(EntryParts parts, Database database, AttemptLimit attempts, PublicAddress address, AuditLog audit, PeopleOptions options)
    {
        _database = database;
        _parts = parts;
        _attempts = attempts;
        _address = address;
        _audit = audit;
        _options = options;
    }

    /// <summary>Makes a link for an active account and shows it to the administrator who asks; it is mailed too when mail is configured.</summary>
    public async Task<Result<IssuedLink>> IssueAsync(AccountId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManagePeople) ?? _parts.RefusePasswords()) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<IssuedLink>>(
            async transaction =>
            {
                var row = await AccountStore.FindAsync(transaction, id, cancellationToken);
                return row is null ? PeopleRefusals.NoSuchAccount(id)
                    : row.Kind is HolderKind.Service ? PeopleRefusals.NotOfService()
                    : row.State is not AccountState.Active ? PeopleRefusals.NotInState("active")
                    : PeopleRules.RefuseBeyond(row.ToAccount().Roles, caller) is { } refused ? refused
                    : await SendAsync(transaction, row, caller.Actor, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>
    /// Mails a link to whoever has this address, if anybody. The answer is the same when nobody does; without mail nothing happens, and the page
    /// says to ask an administrator.
    /// </summary>
    /// <returns>A refusal when the address is none, or was asked for too often; null otherwise.</returns>
    public async Task<Refusal?> AskAsync(string address, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (_parts.RefusePasswords() is { } off)
        {
            return off;
        }

        if (PersonInput.Address(address) is not { } to)
        {
            return PeopleRefusals.BadAddress();
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                AttemptKey[] keys = [AttemptKey.Reset(to), AttemptKey.ResetFrom(visitor)];
                if (await _attempts.BeginAsync(transaction, keys, cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                if (_parts.Mail.IsConfigured && await AccountStore.FindAsync(transaction, to, cancellationToken) is { State: AccountState.Active, Kind: HolderKind.Person } row)
                {
                    await SendAsync(transaction, row, PeopleEvents.By(row.Id, visitor), cancellationToken);
                }

                return null;
            },
            cancellationToken);
    }

    /// <summary>Whose password the link changes. Looking uses nothing up.</summary>
    public async Task<Result<Account>> LookAsync(string? secret, CancellationToken cancellationToken) =>
        await FindAsync(secret, cancellationToken) is ({ } row, _) ? row.ToAccount() : PeopleRefusals.LinkNotGood();

    /// <summary>Changes the password, ends all sessions, and lets its person in, who shows a second factor where they have one. Of several who try at once, one succeeds.</summary>
    public async Task<Result<Entered>> CompleteAsync(string? secret, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (_parts.RefusePasswords() is { } off)
        {
            return off;
        }

        if (await FindAsync(secret, cancellationToken) is not ({ } row, { } link))
        {
            return PeopleRefusals.LinkNotGood();
        }

        if (_parts.RefusePassword(password, new PasswordOwner(row.Name, row.Address)) is { } refusal)
        {
            return refusal;
        }

        var changed = row with { PasswordHash = await _parts.Passwords.HashAsync(password, cancellationToken) };
        return await _database.InTransactionAsync<Result<Entered>>(
            async transaction =>
            {
                // Before links and accounts, as signing in takes its locks: somebody may be doing that for the same account.
                await AttemptLimit.ForgetAsync(transaction, AttemptKey.SignIn(row.Address), cancellationToken);
                if (!await _parts.Links.TryTakeAsync(transaction, link, cancellationToken) || !await AccountStore.TryUpdateAsync(transaction, changed, cancellationToken))
                {
                    return PeopleRefusals.LinkNotGood();
                }

                await WaysIn.EndAsync(transaction, row.Id, except: default, cancellationToken);
                await _audit.AppendAsync(transaction, PeopleEvents.PasswordChanged(row.Id, "link", PeopleEvents.By(row.Id, visitor)), cancellationToken);
                await _parts.Mail.AppendAsync(transaction, PeopleMessages.PasswordChanged(row, _address.Of("/account")), cancellationToken);
                return await _parts.Gate.EnterAsync(transaction, (changed with { Version = row.Version + 1 }).ToAccount(), visitor, "password link", cancellationToken);
            },
            cancellationToken);
    }

    private async Task<IssuedLink> SendAsync(Transaction transaction, AccountRow row, Actor actor, CancellationToken cancellationToken)
    {
        var link = await _parts.Links.IssueAsync(transaction, OneTimeLinkKind.PasswordReset, row.Id, _options.LinkLife, cancellationToken);
        await _parts.Mail.AppendAsync(transaction, PeopleMessages.PasswordReset(row, link), cancellationToken);
        await _audit.AppendAsync(transaction, PeopleEvents.LinkIssued("password-link-made", row.Id, _parts.Mail.IsConfigured, actor), cancellationToken);
        return link with { Mailed = _parts.Mail.IsConfigured };
    }

    private async Task<(AccountRow Row, OneTimeLinkRow Link)?> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await _parts.Links.FindAsync(OneTimeLinkKind.PasswordReset, secret, cancellationToken) is not { } link)
        {
            return null;
        }

        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, link.AccountId, cancellationToken) is { State: AccountState.Active } row ? (row, link) : null;
    }
}
