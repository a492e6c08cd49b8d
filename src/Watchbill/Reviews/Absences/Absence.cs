using Watchbill.Kernel;

namespace Watchbill.Reviews.Absences;

/// <summary>A time in which somebody else reviews in an account's place.</summary>
/// <param name="Account">Who is away.</param>
/// <param name="StandIn">Who reviews instead; never access of their own, and never where they review another stage.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record Absence(AccountId Account, AccountId StandIn, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether it lasts at an instant.</summary>
    public bool Covers(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>One's own absence, as one sees it.</summary>
/// <param name="StandInName">Who reviews instead.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record OwnAbsence(string StandInName, DateTimeOffset From, DateTimeOffset Until);
