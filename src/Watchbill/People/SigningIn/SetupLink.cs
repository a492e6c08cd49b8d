using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>What makes the first account.</summary>
/// <param name="Secret">The secret of the link.</param>
/// <param name="Name">What to call the person.</param>
/// <param name="Address">Their e-mail address.</param>
/// <param name="Password">Their password.</param>
public sealed record SetUpInput(string Secret, string Name, string Address, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => "set-up";
}

/// <summary>
/// The way in when there is no account yet: a one-time link that whoever starts the server hands to the first Super Administrator. It works once,
/// for the first account only; a newer link replaces it.
/// </summary>
public sealed class SetupLink
{
    private readonly Database _database;
    private readonly EntryParts _parts;
    private readonly AuditLog _audit;
    private readonly PeopleOptions _options;
    private readonly TimeProvider _clock;

    internal SetupLink(EntryParts parts, Database database, AuditLog audit, PeopleOptions options, TimeProvider clock)
    {
        _database = database;
        _parts = parts;
        _audit = audit;
        _options = options;
        _clock = clock;
    }

    /// <summary>Makes the link. Refused once there is an account.</summary>
    /// <param name="caller">Somebody at the command line, or Watchbill itself when it starts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IssuedLink>> IssueAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Actor.Kind is not (ActorKind.CommandLine or ActorKind.System))
        {
            return PeopleRefusals.CommandLineOnly();
        }

        if (_parts.RefusePasswords() is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<IssuedLink>>(
            async transaction =>
            {
                await LockAsync(transaction, cancellationToken);
                if (await AccountStore.AnyAsync(transaction, cancellationToken))
                {
                    return PeopleRefusals.AlreadySetUp();
                }

                var link = await _parts.Links.IssueAsync(transaction, OneTimeLinkKind.SetUp, default, _options.LinkLife, cancellationToken);
                await _audit.AppendAsync(transaction, PeopleEvents.LinkIssued("set-up-link-made", default, mailed: false, caller.Actor), cancellationToken);
                return link;
            },
            cancellationToken);
    }

    /// <summary>Why the link does not work; null when it does. Looking uses nothing up.</summary>
    public async Task<Refusal?> LookAsync(string? secret, CancellationToken cancellationToken) =>
        await _parts.Links.FindAsync(OneTimeLinkKind.SetUp, secret, cancellationToken) is null ? PeopleRefusals.LinkNotGood() : null;

    /// <summary>Makes the first account and lets its person in. Of several who try at once, one succeeds.</summary>
    public async Task<Result<Entered>> CompleteAsync(SetUpInput input, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(visitor);
        if (_parts.RefusePasswords() is { } off)
        {
            return off;
        }

        if (await _parts.Links.FindAsync(OneTimeLinkKind.SetUp, input.Secret, cancellationToken) is not { } link)
        {
            return PeopleRefusals.LinkNotGood();
        }

        if (PersonInput.Name(input.Name) is not { } name)
        {
            return PeopleRefusals.BadName();
        }

        if (PersonInput.Address(input.Address) is not { } address)
        {
            return PeopleRefusals.BadAddress();
        }

        if (_parts.RefusePassword(input.Password, new PasswordOwner(name, address)) is { } refusal)
        {
            return refusal;
        }

        var row = NewRow(name, address, await _parts.Passwords.HashAsync(input.Password, cancellationToken));
        return await MakeAsync(link, row, visitor, cancellationToken);
    }

    /// <summary>Whoever makes the first account, or a link to make it, is alone.</summary>
    internal static Task LockAsync(Transaction transaction, CancellationToken cancellationToken) =>
        Database.LockAsync(transaction, "first account", cancellationToken);

    private Task<Result<Entered>> MakeAsync(OneTimeLinkRow link, AccountRow row, Visitor visitor, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<Result<Entered>>(
            async transaction =>
            {
                await LockAsync(transaction, cancellationToken);
                if (await AccountStore.AnyAsync(transaction, cancellationToken))
                {
                    return PeopleRefusals.AlreadySetUp();
                }

                if (!await _parts.Links.TryTakeAsync(transaction, link, cancellationToken))
                {
                    return PeopleRefusals.LinkNotGood();
                }

                var id = await AccountStore.InsertAsync(transaction, row, cancellationToken);
                await _audit.AppendAsync(transaction, PeopleEvents.Made("account-made", row, id, PeopleEvents.By(id, visitor)), cancellationToken);
                return await _parts.Gate.EnterAsync(transaction, (row with { Id = id }).ToAccount(), visitor, "set-up link", cancellationToken);
            },
            cancellationToken);

    private AccountRow NewRow(string name, string address, string hash)
    {
        var now = _clock.GetUtcNow();
        return new AccountRow
        {
            Name = name,
            Address = address,
            Roles = NameList.Write([Role.SuperAdministrator]),
            State = AccountState.Active,
            StateSince = now,
            Version = 1,
            PasswordHash = hash,
            CreatedAt = now,
            AcceptedAt = now,
        };
    }
}
