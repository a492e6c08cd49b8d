using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.SecondFactors;

/// <summary>Somebody who showed their password.</summary>
/// <param name="Account">Who it is.</param>
/// <param name="ToSetUp">What they set up now, because everybody needs it; null where they have a second factor.</param>
public sealed record HalfwayIn(Account Account, NewSecondFactor? ToSetUp);

/// <summary>Somebody who showed, or set up, their second factor.</summary>
/// <param name="SignedIn">Their session.</param>
/// <param name="RecoveryCodes">The codes that belong to what they set up, shown this once; empty where they had it.</param>
public sealed record WhollyIn(SignedIn SignedIn, IReadOnlyList<string> RecoveryCodes)
{
    /// <inheritdoc/>
    public override string ToString() => SignedIn.ToString();
}

/// <summary>The step of signing in that follows a right password, where that is not enough.</summary>
public sealed class SecondStep
{
    private readonly Database _database;
    private readonly OneTimeLinks _links;
    private readonly SecondFactorBook _factors;
    private readonly AttemptLimit _attempts;
    private readonly SessionBook _sessions;
    private readonly AuditLog _audit;

    internal SecondStep(Database database, OneTimeLinks links, SecondFactorBook factors, AttemptLimit attempts, SessionBook sessions, AuditLog audit)
    {
        _database = database;
        _links = links;
        _factors = factors;
        _attempts = attempts;
        _sessions = sessions;
        _audit = audit;
    }

    /// <summary>Who takes it, and what they need for it. Looking uses nothing up.</summary>
    /// <param name="secret">What the browser kept of the first step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<HalfwayIn>> LookAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await _links.FindAsync(OneTimeLinkKind.SecondStep, secret, cancellationToken) is not { } link)
        {
            return PeopleRefusals.SecondStepOver();
        }

        await using var session = _database.OpenRead();
        if (await AccountStore.FindAsync(session, link.AccountId, cancellationToken) is not { State: AccountState.Active } row)
        {
            return PeopleRefusals.SecondStepOver();
        }

        if (row.SecondFactorSince is not null)
        {
            return new HalfwayIn(row.ToAccount(), ToSetUp: null);
        }

        var begun = await _factors.PendingAsync(session, row, cancellationToken);
        return begun.Succeeded ? new HalfwayIn(row.ToAccount(), begun.Value) : begun.Refusal!;
    }

    /// <summary>
    /// Begins a session when the code is right: one of the app's, or a recovery code. Wrong ones are counted and slowed down as passwords are. Of several who try the same code at
    /// once, one succeeds.
    /// </summary>
    /// <param name="secret">What the browser kept of the first step.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="visitor">Where they come from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<WhollyIn>> RunAsync(string? secret, string code, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(visitor);
        if (await _links.FindAsync(OneTimeLinkKind.SecondStep, secret, cancellationToken) is not { } link)
        {
            return PeopleRefusals.SecondStepOver();
        }

        if (await _attempts.BeginAsync([AttemptKey.Code(link.AccountId), AttemptKey.SignInFrom(visitor)], cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(transaction => EnterAsync(transaction, link, code, visitor, cancellationToken), cancellationToken);
    }

    private async Task<Result<WhollyIn>> EnterAsync(Transaction transaction, OneTimeLinkRow link, string code, Visitor visitor, CancellationToken cancellationToken)
    {
        if (await AccountStore.FindAsync(transaction, link.AccountId, cancellationToken) is not { State: AccountState.Active } row)
        {
            return PeopleRefusals.SecondStepOver();
        }

        var setsUp = row.SecondFactorSince is null;
        var proof = setsUp
            ? await _factors.JudgeBegunAsync(transaction, row.Id, code, cancellationToken)
            : await _factors.JudgeAsync(transaction, row.Id, code, cancellationToken);
        if (!proof.Succeeded)
        {
            Telemetry.SignIns.Add(1, new KeyValuePair<string, object?>("by", "failed"));
            await _audit.AppendAsync(transaction, PeopleEvents.CodeFailed(row.Id, visitor), cancellationToken);
            return proof.Refusal!;
        }

        // Before links and accounts, as signing in takes its locks: somebody may be doing that for the same account.
        await AttemptLimit.SucceedAsync(transaction, AttemptKey.Code(row.Id), AttemptKey.SignInFrom(visitor), cancellationToken);
        if (!await _links.TryTakeAsync(transaction, link, cancellationToken))
        {
            return PeopleRefusals.SecondStepOver();
        }

        IReadOnlyList<string> recovery = [];
        if (setsUp)
        {
            recovery = await _factors.SetUpAsync(transaction, row, proof.Value, PeopleEvents.By(row.Id, visitor), cancellationToken);
        }
        else
        {
            await _factors.UseAsync(transaction, row, proof.Value, visitor, cancellationToken);
        }

        return new WhollyIn(await _sessions.BeginAsync(transaction, row.ToAccount(), visitor, proof.Value.How, cancellationToken), recovery);
    }
}
