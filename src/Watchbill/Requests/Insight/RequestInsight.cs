using Watchbill.Access.Effective;
using Watchbill.Kernel;

namespace Watchbill.Requests.Insight;

/// <summary>What was asked for during a time, how fast it was there, and who took access in an emergency.</summary>
/// <param name="Since">From when on; until now.</param>
/// <param name="Policies">Each policy under which something was asked, by name.</param>
/// <param name="Emergencies">Each person who took access in an emergency, the most often first.</param>
public sealed record RequestInsight(DateTimeOffset Since, IReadOnlyList<PolicySpeed> Policies, IReadOnlyList<EmergencyUse> Emergencies);

/// <summary>How requests under a policy went.</summary>
public sealed record PolicySpeed
{
    /// <summary>The policy.</summary>
    public required RequestPolicyId Policy { get; init; }

    /// <summary>What it was called when it was last used.</summary>
    public required string Name { get; init; }

    /// <summary>How many requests, emergencies not among them.</summary>
    public required int Asked { get; init; }

    /// <summary>How many of them were granted.</summary>
    public required int Approved { get; init; }

    /// <summary>How many were denied.</summary>
    public required int Denied { get; init; }

    /// <summary>How many nobody answered in time.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Half of those granted were decided within this time; null for none.</summary>
    public TimeSpan? MedianDecision { get; init; }

    /// <summary>Half of those granted were proven to be there within this time since they were asked; planned starts are not counted; null for none.</summary>
    public TimeSpan? MedianAccess { get; init; }

    /// <summary>Nine tenths were; null for none.</summary>
    public TimeSpan? NinthTenthAccess { get; init; }
}

/// <summary>How often somebody took access in an emergency.</summary>
/// <param name="Member">Sentry's member id.</param>
/// <param name="Name">The name by the newest request.</param>
/// <param name="Times">How often.</param>
/// <param name="Justified">How many of them somebody called justified afterwards.</param>
/// <param name="NotJustified">How many somebody did not.</param>
/// <param name="Last">The last time.</param>
public sealed record EmergencyUse(string Member, string Name, int Times, int Justified, int NotJustified, DateTimeOffset Last)
{
    /// <summary>Those that nobody looked at yet.</summary>
    public int Unreviewed => Times - Justified - NotJustified;
}

/// <summary>Why access that is there all the time could be temporary.</summary>
public enum UnusedReason
{
    /// <summary>Sentry has not seen the person for the whole time.</summary>
    NotActive,

    /// <summary>It lets the person change things, and Sentry's audit log names nothing that they changed in the whole time.</summary>
    NothingChanged,
}

/// <summary>Access that is there all the time and was not used.</summary>
/// <param name="Member">Who has it.</param>
/// <param name="Target">What it is; for somebody who was not active, the place in the organization with everything that goes with it.</param>
/// <param name="Name">What the team is called; "the organization" otherwise.</param>
/// <param name="Teams">Of somebody who was not active: on how many teams.</param>
/// <param name="Why">Why it could be temporary.</param>
/// <param name="LastActive">When Sentry last saw the person; null when never, or not told.</param>
/// <param name="LastChange">When the audit log last names them, as far back as it is kept; null for never.</param>
public sealed record UnusedAccess(MemberNode Member, AccessTarget Target, string Name, int Teams, UnusedReason Why, DateTimeOffset? LastActive, DateTimeOffset? LastChange);

/// <summary>What of the standing access of an organization was not used.</summary>
/// <param name="Rows">Most powerful first.</param>
/// <param name="Since">From when on it was not used.</param>
/// <param name="LogSince">From when on Sentry's audit log is kept; null when it is not. When that is later than <paramref name="Since"/>, nothing is said about what people changed.</param>
/// <param name="ActivityUnknown">Members of whom Sentry tells no activity: nothing is said about those either.</param>
public sealed record UnusedReport(IReadOnlyList<UnusedAccess> Rows, DateTimeOffset Since, DateTimeOffset? LogSince, int ActivityUnknown)
{
    /// <summary>Whether the log reaches far enough to tell what nobody changed.</summary>
    public bool KnowsChanges => LogSince <= Since;
}
