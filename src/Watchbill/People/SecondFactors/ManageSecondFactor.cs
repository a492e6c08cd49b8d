using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.SecondFactors;

/// <summary>The second factor of an account as its page shows it.</summary>
/// <param name="Since">Since when codes are asked for; null when they are not.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are still good.</param>
public sealed record SecondFactorState(DateTimeOffset? Since, int RecoveryCodesLeft);

/// <summary>Sets up and removes second factors: a code of an app, beside the password.</summary>
public sealed class ManageSecondFactor
{
    private readonly Database _database;
    private readonly SecondFactorBook _book;
    private readonly AttemptLimit _attempts;
    private readonly AuditLog _audit;

    internal ManageSecondFactor(Database database, SecondFactorBook book, AttemptLimit attempts, AuditLog audit)
    {
        _database = database;
        _book = book;
        _attempts = attempts;
        _audit = audit;
    }

    /// <summary>One's own, or with the right to see accounts anybody's.</summary>
    public async Task<Result<SecondFactorState>> FindAsync(AccountId account, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != account && caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, account, cancellationToken) is { } row
            ? new SecondFactorState(row.SecondFactorSince, await SecondFactorStore.CountCodesAsync(session, account, cancellationToken))
            : PeopleRefusals.NoSuchAccount(account);
    }

    /// <summary>Begins to set up one's own. Nothing is asked for until <see cref="ConfirmAsync"/> saw a code.</summary>
    public async Task<Result<NewSecondFactor>> BeginAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PeopleRules.RefuseWithoutSession(caller) is { } refusal)
        {
            return refusal;
        }

        var account = caller.Account!.Value;
        return await _database.InTransactionAsync<Result<NewSecondFactor>>(
            async transaction =>
            {
                var row = await AccountStore.FindAsync(transaction, account, cancellationToken);
                if ((row is null ? PeopleRefusals.NoSuchAccount(account)
                    : row.PasswordHash is null ? PeopleRefusals.SecondFactorNeedsPassword()
                    : row.SecondFactorSince is not null ? PeopleRefusals.SecondFactorExists()
                    : null) is { } refused)
                {
                    return refused;
                }

                return await _book.BeginAsync(transaction, row!, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>What one began to set up, to be shown again.</summary>
    public async Task<Result<NewSecondFactor>> PendingAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PeopleRules.RefuseWithoutSession(caller) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return await AccountStore.FindAsync(session, caller.Account!.Value, cancellationToken) is { } row
            ? await _book.PendingAsync(session, row, cancellationToken)
            : PeopleRefusals.NoSuchAccount(caller.Account.Value);
    }

    /// <summary>Sets up what one began, when the code is right; the other sessions end, because they began without one.</summary>
    /// <param name="code">What was typed.</param>
    /// <param name="keep">The session that asks, and stays.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The recovery codes, which are shown this once.</returns>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAsync(string code, SessionId keep, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(caller);
        if (PeopleRules.RefuseWithoutSession(caller) is { } refusal)
        {
            return refusal;
        }

        var account = caller.Account!.Value;
        if (await _attempts.BeginAsync([AttemptKey.Code(account)], cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        return await _database.InTransactionAsync<Result<IReadOnlyList<string>>>(
            async transaction =>
            {
                var proof = await _book.JudgeBegunAsync(transaction, account, code, cancellationToken);
                if (!proof.Succeeded || await AccountStore.FindAsync(transaction, account, cancellationToken) is not { } row)
                {
                    return proof.Refusal ?? PeopleRefusals.NoSuchAccount(account);
                }

                await AttemptLimit.ForgetAsync(transaction, AttemptKey.Code(account), cancellationToken);
                await WaysIn.EndAsync(transaction, account, keep, cancellationToken);
                return Result.Of(await _book.SetUpAsync(transaction, row, proof.Value, caller.Actor, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>Makes one's recovery codes anew; those of before stop working.</summary>
    public async Task<Result<IReadOnlyList<string>>> NewRecoveryCodesAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PeopleRules.RefuseWithoutSession(caller) is { } refusal)
        {
            return refusal;
        }

        var account = caller.Account!.Value;
        return await _database.InTransactionAsync<Result<IReadOnlyList<string>>>(
            async transaction =>
            {
                await SecondFactorStore.LockAsync(transaction, account, cancellationToken);
                if (await AccountStore.FindAsync(transaction, account, cancellationToken) is not { SecondFactorSince: not null })
                {
                    return PeopleRefusals.NoSecondFactor();
                }

                await _audit.AppendAsync(transaction, PeopleEvents.OfAccount("recovery-codes-made", account, caller.Actor), cancellationToken);
                return Result.Of(await SecondFactorBook.NewRecoveryCodesAsync(transaction, account, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>
    /// Removes the second factor of an account: one's own, or with the right to manage accounts that of somebody who lost it, within one's own rights. Its person is told by mail. Where
    /// everybody needs one, they set up another at their next sign-in.
    /// </summary>
    /// <returns>The account without it.</returns>
    public async Task<Result<Account>> RemoveAsync(AccountId account, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Account == account ? PeopleRules.RefuseWithoutSession(caller) : caller.Lacks(Right.ManagePeople)) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<Account>>(
            async transaction =>
            {
                await SecondFactorStore.LockAsync(transaction, account, cancellationToken);
                if (await AccountStore.FindAsync(transaction, account, cancellationToken) is not { } row)
                {
                    return PeopleRefusals.NoSuchAccount(account);
                }

                if ((row.SecondFactorSince is null ? PeopleRefusals.NoSecondFactor()
                    : caller.Account == account ? null
                    : PeopleRules.RefuseBeyond(row.ToAccount().Roles, caller)) is { } refused)
                {
                    return refused;
                }

                await _book.RemoveAsync(transaction, row, caller.Actor, cancellationToken);
                return (row with { SecondFactorSince = null }).ToAccount();
            },
            cancellationToken);
    }
}
