using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>Lets somebody who is signed in prove again who they are, before they do what a borrowed screen must not.</summary>
public sealed class ProveAgain
{
    /// <summary>A proof is fresh for so long.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private readonly Database _database;
    private readonly EntryParts _parts;
    private readonly AttemptLimit _attempts;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ProveAgain(EntryParts parts, Database database, AttemptLimit attempts, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _parts = parts;
        _attempts = attempts;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Whether somebody proved lately enough who they are.</summary>
    public bool IsFresh(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.ProvedAt > _clock.GetUtcNow() - Fresh;
    }

    /// <summary>By the password. Wrong ones are counted and slowed down as at signing in.</summary>
    /// <returns>The session under a new token; the old one is worth nothing any more.</returns>
    public async Task<Result<SignedIn>> ByPasswordAsync(SessionHolder holder, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(visitor);
        if (_parts.RefusePasswords() is { } off)
        {
            return off;
        }

        AttemptKey[] keys = [AttemptKey.SignIn(holder.Account.Address), AttemptKey.SignInFrom(visitor)];
        if (await _attempts.BeginAsync(keys, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        AccountRow? row;
        await using (var session = _database.OpenRead())
        {
            row = await AccountStore.FindAsync(session, holder.Account.Id, cancellationToken);
        }

        if (await _parts.Passwords.VerifyAsync(row?.PasswordHash, password, cancellationToken) is PasswordVerdict.Wrong)
        {
            await _database.InTransactionAsync(transaction => _audit.AppendAsync(transaction, PeopleEvents.SignInFailed(holder.Account.Id, visitor), cancellationToken), cancellationToken);
            return PeopleRefusals.WrongPassword();
        }

        var token = SecretText.Create();
        var now = _clock.GetUtcNow();
        return await _database.InTransactionAsync<Result<SignedIn>>(
            async transaction =>
            {
                await AttemptLimit.ForgetAsync(transaction, keys[0], cancellationToken);
                await AttemptLimit.TakeBackAsync(transaction, keys[1], cancellationToken);
                if (!await SessionStore.RenewAsync(transaction, holder.Session.Id, SecretText.Digest(token), now, cancellationToken))
                {
                    return PeopleRefusals.NoSuchSession();
                }

                await _audit.AppendAsync(transaction, PeopleEvents.OfAccount("identity-confirmed", holder.Account.Id, holder.Caller.Actor), cancellationToken);
                return new SignedIn(holder.Account, holder.Session with { ProvedAt = now }, token);
            },
            cancellationToken);
    }
}
