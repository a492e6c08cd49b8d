using Watchbill.Kernel;
using Watchbill.People.Identities.Scim;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>What a list of accounts is ordered by.</summary>
public enum AccountOrder
{
    /// <summary>The name; the address where there is none.</summary>
    Name,

    /// <summary>The address.</summary>
    Address,

    /// <summary>The state.</summary>
    State,

    /// <summary>The last sign-in; never comes first.</summary>
    LastSignedIn,
}

/// <summary>Which accounts to list; what is null does not matter.</summary>
public sealed record AccountFilter
{
    /// <summary>The most one page can hold.</summary>
    public const int MaxLimit = 500;

    /// <summary>A part of the name or address.</summary>
    public string? Text { get; init; }

    /// <summary>The state.</summary>
    public AccountState? State { get; init; }

    /// <summary>Persons or programs.</summary>
    public HolderKind? Kind { get; init; }

    /// <summary>Has this role.</summary>
    public Role? Role { get; init; }

    /// <summary>The order.</summary>
    public AccountOrder Order { get; init; }

    /// <summary>Backwards.</summary>
    public bool Descending { get; init; }

    /// <summary>How many to leave out.</summary>
    public int Offset { get; init; }

    /// <summary>How many to show at most, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A part of the list of accounts.</summary>
/// <param name="Items">The accounts.</param>
/// <param name="Total">How many the whole list has.</param>
/// <param name="Offset">How many come before these.</param>
public sealed record AccountPage(IReadOnlyList<Account> Items, int Total, int Offset);

/// <summary>Looks at accounts.</summary>
public sealed class AccountQueries(Database database)
{
    /// <summary>A page of accounts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit or offset is outside its range.</exception>
    public async Task<Result<AccountPage>> ListAsync(AccountFilter filter, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Limit, AccountFilter.MaxLimit);
        if (caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = database.OpenRead();
        return await AccountStore.ListAsync(session, filter, cancellationToken);
    }

    /// <summary>One account. Everybody may see their own.</summary>
    public async Task<Result<Account>> FindAsync(AccountId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != id && caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = database.OpenRead();
        return await AccountStore.FindAsync(session, id, cancellationToken) is { } row ? row.ToAccount() : PeopleRefusals.NoSuchAccount(id);
    }

    /// <summary>The account with an address, however that is written; null where nobody has it.</summary>
    public async Task<Result<Account?>> FindAsync(string address, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        if (PersonInput.Address(address) is not { } wanted)
        {
            return Result.Of<Account?>(null);
        }

        await using var session = database.OpenRead();
        return Result.Of((await AccountStore.FindAsync(session, wanted, cancellationToken))?.ToAccount());
    }

    /// <summary>The directory whose pushed groups decide about an account; null where none does. Everybody may ask about their own.</summary>
    public async Task<Result<string?>> DirectoryOfAsync(AccountId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != id && caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = database.OpenRead();
        return Result.Of(await ScimGroupStore.DirectoryNameAsync(session, id, cancellationToken));
    }

    /// <summary>Whether Watchbill still waits for its first account.</summary>
    public async Task<bool> NeedsSetUpAsync(CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return !await AccountStore.AnyAsync(session, cancellationToken);
    }
}
