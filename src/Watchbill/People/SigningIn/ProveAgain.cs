using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.SecondFactors;
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
    private readonly SecondFactorBook _factors;
    private readonly AttemptLimit _attempts;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ProveAgain(EntryParts parts, SecondFactorBook factors, Database database, AttemptLimit attempts, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _parts = parts;
        _factors = factors;
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

    /// <summary>By the password, and a code where the account has a second factor. Wrong ones are counted and slowed down as at signing in.</summary>
    /// <param name="holder">Who it should be.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="code">What was typed; not looked at where no second factor was set up.</param>
    /// <param name="visitor">Where they come from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The session under a new token; the old one is worth nothing any more.</returns>
    public async Task<Result<SignedIn>> ByPasswordAsync(SessionHolder holder, string password, string code, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(code);
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

        return await _database.InTransactionAsync<Result<SignedIn>>(
            async transaction =>
            {
                if (await RefuseCodeAsync(transaction, holder.Account.Id, code, visitor, cancellationToken) is { } refused)
                {
                    return refused;
                }

                await AttemptLimit.SucceedAsync(transaction, keys[0], keys[1], cancellationToken);
                return await RenewAsync(transaction, holder, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Uses the code up where one is needed.</summary>
    private async Task<Refusal?> RefuseCodeAsync(Transaction transaction, AccountId account, string code, Visitor visitor, CancellationToken cancellationToken)
    {
        if (await AccountStore.FindAsync(transaction, account, cancellationToken) is not { SecondFactorSince: not null } row)
        {
            return null;
        }

        var proof = await _factors.JudgeAsync(transaction, account, code, cancellationToken);
        if (!proof.Succeeded)
        {
            await _audit.AppendAsync(transaction, PeopleEvents.CodeFailed(account, visitor), cancellationToken);
            return proof.Refusal;
        }

        await _factors.UseAsync(transaction, row, proof.Value, visitor, cancellationToken);
        return null;
    }

    private async Task<Result<SignedIn>> RenewAsync(Transaction transaction, SessionHolder holder, CancellationToken cancellationToken)
    {
        var token = SecretText.Create();
        var now = _clock.GetUtcNow();
        if (!await SessionStore.RenewAsync(transaction, holder.Session.Id, SecretText.Digest(token), now, cancellationToken))
        {
            return PeopleRefusals.NoSuchSession();
        }

        await _audit.AppendAsync(transaction, PeopleEvents.OfAccount("identity-confirmed", holder.Account.Id, holder.Caller.Actor), cancellationToken);
        return new SignedIn(holder.Account, holder.Session with { ProvedAt = now }, token);
    }
}
