using Watchbill.Access.Explore;
using Watchbill.Kernel;

namespace Watchbill.Access.Matching;

/// <summary>Which accounts to show; what is null does not matter.</summary>
public sealed record AccountSearch
{
    /// <summary>A part of the account's or the person's name or address.</summary>
    public string? Text { get; init; }

    /// <summary>How account and person go together.</summary>
    public MatchState? State { get; init; }

    /// <summary>What the account stands for.</summary>
    public AccountKind? Kind { get; init; }

    /// <summary>Nobody used it for this many days.</summary>
    public int? DormantDays { get; init; }

    /// <summary>The person it belongs to.</summary>
    public IdentityId? Identity { get; init; }

    /// <summary>The order, a name of <see cref="AccountTable.Orders"/>, with a minus in front for the reverse.</summary>
    public string? Sort { get; init; }
}

/// <summary>The table of accounts and the people they belong to.</summary>
public static class AccountTable
{
    /// <summary>What the table can be ordered by. Ties are broken by address.</summary>
    public static IReadOnlyDictionary<string, Comparison<AccountMatch>> Orders { get; } = new Dictionary<string, Comparison<AccountMatch>>(StringComparer.Ordinal)
    {
        ["email"] = static (left, right) => string.CompareOrdinal(left.Member.Email, right.Member.Email),
        ["person"] = static (left, right) => string.Compare(left.Identity?.Name, right.Identity?.Name, StringComparison.OrdinalIgnoreCase),
        ["state"] = static (left, right) => left.State.CompareTo(right.State),
        ["kind"] = static (left, right) => left.Kind.CompareTo(right.Kind),
        ["role"] = static (left, right) => left.Row.Role.Rank.CompareTo(right.Row.Role.Rank),
        ["active"] = static (left, right) => Nullable.Compare(left.Row.LastActive, right.Row.LastActive),
    };

    /// <summary>The accounts that fit, in order.</summary>
    /// <param name="accounts">All of them, by address.</param>
    /// <param name="search">Which ones.</param>
    /// <param name="now">The instant from which dormant days count back.</param>
    public static IReadOnlyList<AccountMatch> Of(IReadOnlyList<AccountMatch> accounts, AccountSearch search, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(search);
        return Ordering.Sorted(accounts.Where(account => Fits(account, search, now)), search.Sort, Orders);
    }

    private static bool Fits(AccountMatch account, AccountSearch search, DateTimeOffset now) =>
        (search.State is null || account.State == search.State)
        && (search.Kind is null || account.Kind == search.Kind)
        && (search.Identity is null || account.Identity?.Id == search.Identity)
        && (search.DormantDays is not { } days || account.IsDormant(now.AddDays(-days)))
        && Ordering.Contains(search.Text, account.Member.Name, account.Member.Email, account.Identity?.Name, account.Identity?.Email);
}
