using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.SecondFactors;

/// <summary>Sets second factors up and judges codes, inside the transactions of those who have a reason to.</summary>
internal sealed class SecondFactorBook(SecretVault vault, AuditLog audit, IPeopleMail mail, PublicAddress address, TimeProvider clock)
{
    /// <summary>Longer input is no code, whatever it is.</summary>
    private const int LongestTyped = 100;

    private const string Page = "/account/second-factor";

    /// <summary>Makes the secret of one that is being set up; the one that somebody began before is gone. What is set up stays.</summary>
    public async Task<NewSecondFactor> BeginAsync(Transaction transaction, AccountRow account, CancellationToken cancellationToken)
    {
        var secret = OneTimeCodes.CreateSecret();
        await SecondFactorStore.SetBegunAsync(transaction, account.Id, vault.Protect(secret), cancellationToken);
        return Shown(secret, account);
    }

    /// <summary>The one that is being set up; null where nobody began.</summary>
    public async Task<Result<NewSecondFactor>> PendingAsync(DatabaseSession session, AccountRow account, CancellationToken cancellationToken)
    {
        if (account.SecondFactorSince is not null || await SecondFactorStore.FindAsync(session, account.Id, cancellationToken) is not { Begun: { } begun })
        {
            return PeopleRefusals.NoSecondFactorBegun();
        }

        return SecretOf(begun) is { } secret ? Shown(secret, account) : PeopleRefusals.SecondFactorUnreadable();
    }

    /// <summary>Whether a typed code proves that somebody's app has the secret of the one that is being set up. Nobody else can begin or end setting up until the transaction ends.</summary>
    public async Task<Result<CodeProof>> JudgeBegunAsync(Transaction transaction, AccountId account, string typed, CancellationToken cancellationToken)
    {
        await SecondFactorStore.LockAsync(transaction, account, cancellationToken);
        if (await AccountStore.FindAsync(transaction, account, cancellationToken) is not { SecondFactorSince: null }
            || await SecondFactorStore.FindAsync(transaction, account, cancellationToken) is not { Begun: { } begun })
        {
            return PeopleRefusals.NoSecondFactorBegun();
        }

        return SecretOf(begun) is not { } secret ? PeopleRefusals.SecondFactorUnreadable()
            : OneTimeCodes.StepOf(secret, Plain(typed), clock.GetUtcNow()) is { } step ? new CodeProof(step, Recovery: null) { Begun = begun }
            : PeopleRefusals.CodeWrong();
    }

    /// <summary>Ends setting up: from now on codes are asked for.</summary>
    /// <returns>The recovery codes, which are shown this once.</returns>
    public async Task<IReadOnlyList<string>> SetUpAsync(Transaction transaction, AccountRow account, CodeProof proof, Actor actor, CancellationToken cancellationToken)
    {
        // The account first, as a new password changes it before a second factor is begun: neither waits for the other.
        await AccountStore.SetSecondFactorAsync(transaction, account.Id, clock.GetUtcNow(), cancellationToken);
        await SecondFactorStore.SetUpAsync(transaction, account.Id, proof.Begun!, proof.Step!.Value, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.OfAccount("second-factor-set-up", account.Id, actor), cancellationToken);
        await mail.AppendAsync(transaction, PeopleMessages.SecondFactorSetUp(account, address.Of(Page)), cancellationToken);
        return await NewRecoveryCodesAsync(transaction, account.Id, cancellationToken);
    }

    /// <summary>Makes recovery codes; those of before stop working.</summary>
    public static async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken)
    {
        var codes = RecoveryCodes.Create();
        await SecondFactorStore.ReplaceCodesAsync(transaction, account, codes.Select(static code => RecoveryCodes.DigestOf(Plain(code))!), cancellationToken);
        return codes;
    }

    /// <summary>What a typed code proves now. Nobody else can use it until the transaction ends; whoever goes on uses it up.</summary>
    public async Task<Result<CodeProof>> JudgeAsync(Transaction transaction, AccountId account, string typed, CancellationToken cancellationToken)
    {
        await SecondFactorStore.LockAsync(transaction, account, cancellationToken);
        var code = Plain(typed);
        if (RecoveryCodes.DigestOf(code) is { } digest)
        {
            return await SecondFactorStore.HasCodeAsync(transaction, account, digest, cancellationToken) ? new CodeProof(Step: null, digest) : PeopleRefusals.CodeWrong();
        }

        if (!OneTimeCodes.IsWellFormed(code) || await SecondFactorStore.FindAsync(transaction, account, cancellationToken) is not { Secret: { } stored } row)
        {
            return PeopleRefusals.CodeWrong();
        }

        return SecretOf(stored) is not { } secret ? PeopleRefusals.SecondFactorUnreadable()
            : OneTimeCodes.StepOf(secret, code, clock.GetUtcNow()) is { } step && step > row.LastStep ? new CodeProof(step, Recovery: null)
            : PeopleRefusals.CodeWrong();
    }

    /// <summary>Uses a proof up: the same code proves nothing any more, nor does an older one of the app.</summary>
    public async Task UseAsync(Transaction transaction, AccountRow account, CodeProof proof, Visitor visitor, CancellationToken cancellationToken)
    {
        if (proof.Step is { } step)
        {
            await SecondFactorStore.SetStepAsync(transaction, account.Id, step, cancellationToken);
            return;
        }

        await SecondFactorStore.DeleteCodeAsync(transaction, account.Id, proof.Recovery!, cancellationToken);
        var left = await SecondFactorStore.CountCodesAsync(transaction, account.Id, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.RecoveryCodeUsed(account.Id, left, visitor), cancellationToken);
        await mail.AppendAsync(transaction, PeopleMessages.RecoveryCodeUsed(account, left, address.Of(Page)), cancellationToken);
    }

    /// <summary>Removes it and its recovery codes: the password is enough again.</summary>
    public async Task RemoveAsync(Transaction transaction, AccountRow account, Actor actor, CancellationToken cancellationToken)
    {
        await AccountStore.SetSecondFactorAsync(transaction, account.Id, since: null, cancellationToken);
        await SecondFactorStore.DeleteAsync(transaction, account.Id, cancellationToken);
        await audit.AppendAsync(transaction, PeopleEvents.OfAccount("second-factor-removed", account.Id, actor), cancellationToken);
        await mail.AppendAsync(transaction, PeopleMessages.SecondFactorRemoved(account, address.Of(Page)), cancellationToken);
    }

    private NewSecondFactor Shown(string secret, AccountRow account) => new(secret, OneTimeCodes.AddressOf(secret, account.Address, address.Of("/").Host));

    /// <summary>Null where the keys are not those that it was encrypted with.</summary>
    private string? SecretOf(string stored)
    {
        try
        {
            return vault.Unprotect(stored);
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    private static string Plain(string typed) => typed.Length > LongestTyped ? "" : typed.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim();
}
