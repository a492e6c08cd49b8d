using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Passwords;
using Watchbill.People.SingleSignOn;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>Signs somebody in by address and password.</summary>
public sealed class SignIn
{
    private readonly Database _database;
    private readonly AttemptLimit _attempts;
    private readonly PasswordVault _passwords;
    private readonly PasswordGate _gate;
    private readonly SingleSignOnOptions _options;
    private readonly AuditLog _audit;

    internal SignIn(Database database, AttemptLimit attempts, PasswordVault passwords, PasswordGate gate, SingleSignOnOptions options, AuditLog audit)
    {
        _database = database;
        _attempts = attempts;
        _passwords = passwords;
        _gate = gate;
        _options = options;
        _audit = audit;
    }

    /// <summary>
    /// Begins a session, or the step that asks for the second factor. An address that is unknown, invited, closed or without a password is refused with the same words, after the same work, and
    /// slowed down the same way as a wrong password: nobody learns who has an account.
    /// </summary>
    /// <param name="address">What was typed.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="visitor">Where they come from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Entered>> RunAsync(string address, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(visitor);
        if (_options.PasswordsOff)
        {
            return PeopleRefusals.PasswordsAreOff();
        }

        AttemptKey[] keys = [AttemptKey.SignIn(address), AttemptKey.SignInFrom(visitor)];
        if (await _attempts.BeginAsync(keys, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var row = await FindAsync(address, cancellationToken);
        var stored = row is { State: AccountState.Active } ? row.PasswordHash : null;
        var verdict = await _passwords.VerifyAsync(stored, password, cancellationToken);
        if (verdict is PasswordVerdict.Wrong)
        {
            Telemetry.SignIns.Add(1, new KeyValuePair<string, object?>("by", "failed"));
            await _database.InTransactionAsync(
                transaction => _audit.AppendAsync(transaction, PeopleEvents.SignInFailed(row?.Id, visitor), cancellationToken), cancellationToken);
            return PeopleRefusals.SignInRefused();
        }

        var better = verdict is PasswordVerdict.RightButCheap ? await _passwords.HashAsync(password, cancellationToken) : null;
        return await BeginAsync(new Proof(row!, better, keys), visitor, cancellationToken);
    }

    private async Task<AccountRow?> FindAsync(string typed, CancellationToken cancellationToken)
    {
        // Asked even for what cannot be an address, so that both take the same time.
        var address = PersonInput.Address(typed) ?? "";
        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, address, cancellationToken);
    }

    private Task<Result<Entered>> BeginAsync(Proof proof, Visitor visitor, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<Result<Entered>>(
            async transaction =>
            {
                // The account may have been closed, or its password changed, while the password was verified.
                var now = await AccountStore.FindAsync(transaction, proof.Account.Id, cancellationToken);
                if (now is not { State: AccountState.Active } || now.PasswordHash != proof.Account.PasswordHash)
                {
                    return PeopleRefusals.SignInRefused();
                }

                await AttemptLimit.SucceedAsync(transaction, proof.Keys[0], proof.Keys[1], cancellationToken);
                if (proof.BetterHash is { } hash)
                {
                    await AccountStore.RehashAsync(transaction, now, hash, cancellationToken);
                }

                return await _gate.EnterAsync(transaction, now.ToAccount(), visitor, "password", cancellationToken);
            },
            cancellationToken);

    private sealed record Proof(AccountRow Account, string? BetterHash, AttemptKey[] Keys);
}
