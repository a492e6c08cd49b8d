using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>What changes one's own password.</summary>
/// <param name="Current">The password that was; ignored where the account has none.</param>
/// <param name="New">The password that will be.</param>
/// <param name="Keep">The session that asks and stays; the others end.</param>
public sealed record ChangePasswordInput(string Current, string New, SessionId Keep)
{
    /// <inheritdoc/>
    public override string ToString() => "password change";
}

/// <summary>Changes one's own password.</summary>
public sealed class ChangePassword
{
    private readonly Database _database;
    private readonly EntryParts _parts;
    private readonly AttemptLimit _attempts;
    private readonly PublicAddress _address;
    private readonly AuditLog _audit;

    internal ChangePassword(EntryParts parts, Database database, AttemptLimit attempts, PublicAddress address, AuditLog audit)
    {
        _database = database;
        _parts = parts;
        _attempts = attempts;
        _address = address;
        _audit = audit;
    }

    /// <summary>Changes it and ends the other sessions. The current password is asked for: somebody may have left their screen.</summary>
    public async Task<Result<Account>> RunAsync(ChangePasswordInput input, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if ((PeopleRules.RefuseWithoutSession(caller) ?? _parts.RefusePasswords()) is { } notHere)
        {
            return notHere;
        }

        if (await FindAsync(caller.Account!.Value, cancellationToken) is not { } row)
        {
            return PeopleRefusals.NoSuchAccount(caller.Account.Value);
        }

        if ((await RefuseCurrentAsync(row, input.Current, cancellationToken)
            ?? _parts.RefusePassword(input.New, new PasswordOwner(row.Name, row.Address))) is { } refusal)
        {
            return refusal;
        }

        if (row.PasswordHash is not null && input.New == input.Current)
        {
            return PeopleRefusals.PasswordUnchanged();
        }

        var changed = row with { PasswordHash = await _parts.Passwords.HashAsync(input.New, cancellationToken) };
        return await _database.InTransactionAsync<Result<Account>>(
            async transaction =>
            {
                // Before accounts, as signing in takes its locks: somebody may be doing that for the same account.
                await AttemptLimit.ForgetAsync(transaction, AttemptKey.SignIn(row.Address), cancellationToken);
                if (!await AccountStore.TryUpdateAsync(transaction, changed, cancellationToken))
                {
                    return PeopleRefusals.ChangedMeanwhile();
                }

                await WaysIn.EndAsync(transaction, row.Id, input.Keep, cancellationToken);
                await _audit.AppendAsync(transaction, PeopleEvents.PasswordChanged(row.Id, "its person", caller.Actor), cancellationToken);
                await _parts.Mail.AppendAsync(transaction, PeopleMessages.PasswordChanged(row, _address.Of("/account")), cancellationToken);
                return (changed with { Version = row.Version + 1 }).ToAccount();
            },
            cancellationToken);
    }

    /// <summary>Guesses here count like guesses at the sign-in page.</summary>
    private async Task<Refusal?> RefuseCurrentAsync(AccountRow row, string current, CancellationToken cancellationToken)
    {
        if (row.PasswordHash is null)
        {
            return null;
        }

        if (await _attempts.BeginAsync([AttemptKey.SignIn(row.Address)], cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await _parts.Passwords.VerifyAsync(row.PasswordHash, current, cancellationToken) is PasswordVerdict.Wrong)
        {
            return PeopleRefusals.WrongPassword();
        }

        await _database.InTransactionAsync(
            transaction => AttemptLimit.ForgetAsync(transaction, AttemptKey.SignIn(row.Address), cancellationToken), cancellationToken);
        return null;
    }

    private async Task<AccountRow?> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, id, cancellationToken);
    }
}
