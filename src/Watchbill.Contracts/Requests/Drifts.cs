using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Requests;

/// <summary>Access in Sentry that differs from what was granted.</summary>
public sealed record AccessDrift
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The grant that it differs from.</summary>
    public required TemporaryGrant Grant { get; init; }

    /// <summary>Who has the access.</summary>
    public required string MemberName { get; init; }

    /// <summary>What the team is called; "the organization" for a role in it.</summary>
    public required string ResourceName { get; init; }

    /// <summary>came-back, removed-outside or changed-outside.</summary>
    public required string Kind { get; init; }

    /// <summary>open, accepted, removed or gone.</summary>
    public required string State { get; init; }

    /// <summary>The role that Sentry shows; null for none.</summary>
    public string? FoundRole { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Who did it, as Sentry's audit log names them; null when it does not tell.</summary>
    public string? LoggedActor { get; init; }

    /// <summary>When they did it; null when the log does not tell.</summary>
    public DateTimeOffset? LoggedAt { get; init; }

    /// <summary>Why it was decided as it was; null before.</summary>
    public string? Reason { get; init; }

    /// <summary>The account that decided; null before, and at the command line.</summary>
    public long? DecidedBy { get; init; }

    /// <summary>When; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>Which drifts to list.</summary>
public sealed record DriftQuery
{
    /// <summary>Whether to list those that were decided, or are gone, too.</summary>
    public bool All { get; init; }
}

/// <summary>Lets access stay that differs from what was granted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DriftAcceptance
{
    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }

    /// <summary>For so many minutes from now; null for until the grant's own end or, after it, for good.</summary>
    [Range(5, 527040)]
    public int? Minutes { get; init; }
}

/// <summary>How far to look back.</summary>
public sealed record InsightQuery
{
    /// <summary>In days.</summary>
    [Range(1, 730)]
    public int Days { get; init; } = 90;
}

/// <summary>Which organization, and how far to look back.</summary>
public sealed record UnusedQuery
{
    /// <summary>The connector.</summary>
    public required long Connector { get; init; }

    /// <summary>In days.</summary>
    [Range(1, 730)]
    public int Days { get; init; } = 90;
}

/// <summary>What was asked for during a time, how fast it was there, and who took access in an emergency.</summary>
/// <param name="Since">From when on; until now.</param>
/// <param name="Policies">Each policy under which something was asked, by name.</param>
/// <param name="Emergencies">Each person who took access in an emergency, the most often first.</param>
public sealed record RequestInsight(DateTimeOffset Since, IReadOnlyList<PolicySpeed> Policies, IReadOnlyList<EmergencyUse> Emergencies);

/// <summary>How requests under a policy went.</summary>
public sealed record PolicySpeed
{
    /// <summary>The policy.</summary>
    public required long Policy { get; init; }

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
    public double? MedianDecisionSeconds { get; init; }

    /// <summary>Half were proven to be there within this time since they were asked; null for none.</summary>
    public double? MedianAccessSeconds { get; init; }

    /// <summary>Nine tenths were; null for none.</summary>
    public double? NinthTenthAccessSeconds { get; init; }
}

/// <summary>How often somebody took access in an emergency.</summary>
/// <param name="Member">Sentry's member id.</param>
/// <param name="Name">The name by the newest request.</param>
/// <param name="Times">How often.</param>
/// <param name="Justified">How many of them somebody called justified afterwards.</param>
/// <param name="NotJustified">How many somebody did not.</param>
/// <param name="Unreviewed">Those that nobody looked at yet.</param>
/// <param name="Last">The last time.</param>
public sealed record EmergencyUse(string Member, string Name, int Times, int Justified, int NotJustified, int Unreviewed, DateTimeOffset Last);

/// <summary>What of the standing access of an organization was not used.</summary>
/// <param name="Rows">The most powerful first.</param>
/// <param name="Since">From when on it was not used.</param>
/// <param name="LogSince">From when on Sentry's audit log is kept; null when it is not. When that is later than the beginning, nothing is said about what people changed.</param>
/// <param name="ActivityUnknown">Members of whom Sentry tells no activity: nothing is said about those either.</param>
public sealed record UnusedReport(IReadOnlyList<UnusedAccess> Rows, DateTimeOffset Since, DateTimeOffset? LogSince, int ActivityUnknown);

/// <summary>Access that is there all the time and was not used.</summary>
public sealed record UnusedAccess
{
    /// <summary>Sentry's member id.</summary>
    public required string Member { get; init; }

    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>team-membership or org-role.</summary>
    public required string Kind { get; init; }

    /// <summary>The team, by Sentry's id; null for a role in the organization.</summary>
    public string? Team { get; init; }

    /// <summary>What the team is called.</summary>
    public required string Name { get; init; }

    /// <summary>The role there.</summary>
    public required string Role { get; init; }

    /// <summary>Of somebody who was not active: on how many teams.</summary>
    public required int Teams { get; init; }

    /// <summary>not-active or nothing-changed.</summary>
    public required string Why { get; init; }

    /// <summary>When Sentry last saw the person; null when never, or not told.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>When the audit log last names them; null for never.</summary>
    public DateTimeOffset? LastChange { get; init; }
}
