using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.Inviting;

/// <summary>What accepts an invitation.</summary>
/// <param name="Secret">The secret of the link.</param>
/// <param name="Name">What to call the person.</param>
/// <param name="Password">Their password.</param>
public sealed record AcceptInput(string Secret, string Name, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => "acceptance";
}

/// <summary>Accepts an invitation: its person says their name, chooses a password and is let in.</summary>
public sealed class AcceptInvitation
{
    private readonly Database _database;
    private readonly EntryParts _parts;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal AcceptInvitation(EntryParts parts, Database database, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _parts = parts;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Who is invited by this link. Looking uses nothing up.</summary>
    public async Task<Result<Account>> LookAsync(string? secret, CancellationToken cancellationToken) =>
        await FindAsync(secret, cancellationToken) is ({ } row, _) ? row.ToAccount() : PeopleRefusals.LinkNotGood();

    /// <summary>Accepts. Of several who try at once, one succeeds.</summary>
    public async Task<Result<Entered>> RunAsync(AcceptInput input, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(visitor);
        if (_parts.RefusePasswords() is { } off)
        {
            return off;
        }

        if (await FindAsync(input.Secret, cancellationToken) is not ({ } row, { } link))
        {
            return PeopleRefusals.LinkNotGood();
        }

        if (PersonInput.Name(input.Name) is not { } name)
        {
            return PeopleRefusals.BadName();
        }

        if (_parts.RefusePassword(input.Password, new PasswordOwner(name, row.Address)) is { } refusal)
        {
            return refusal;
        }

        var now = _clock.GetUtcNow();
        var hash = await _parts.Passwords.HashAsync(input.Password, cancellationToken);
        var accepted = row with { Name = name, PasswordHash = hash, State = AccountState.Active, StateSince = now, AcceptedAt = now };
        return await _database.InTransactionAsync<Result<Entered>>(
            async transaction =>
            {
                if (!await _parts.Links.TryTakeAsync(transaction, link, cancellationToken) || !await AccountStore.TryUpdateAsync(transaction, accepted, cancellationToken))
                {
                    return PeopleRefusals.LinkNotGood();
                }

                await _audit.AppendAsync(transaction, PeopleEvents.Changed("invitation-accepted", row, accepted, PeopleEvents.By(row.Id, visitor)), cancellationToken);
                return await _parts.Gate.EnterAsync(transaction, (accepted with { Version = row.Version + 1 }).ToAccount(), visitor, "invitation", cancellationToken);
            },
            cancellationToken);
    }

    private async Task<(AccountRow Row, OneTimeLinkRow Link)?> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await _parts.Links.FindAsync(OneTimeLinkKind.Invitation, secret, cancellationToken) is not { } link)
        {
            return null;
        }

        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, link.AccountId, cancellationToken) is { State: AccountState.Invited } row ? (row, link) : null;
    }
}
