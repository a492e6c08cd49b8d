using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Requests;

/// <summary>Access that somebody asks for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewAccessRequest
{
    /// <summary>The connector whose organization it is in.</summary>
    public required long Connector { get; init; }

    /// <summary>What kind of access.</summary>
    [AllowedValues("team-membership", "org-role")]
    public required string Kind { get; init; }

    /// <summary>The team, by Sentry's id; null for a role in the organization.</summary>
    [StringLength(50)]
    public string? Team { get; init; }

    /// <summary>The role there, by Sentry's id.</summary>
    [Required, StringLength(50)]
    public required string Role { get; init; }

    /// <summary>The project that shall be reached through the team, by slug or Sentry's id.</summary>
    [StringLength(100)]
    public string? Project { get; init; }

    /// <summary>Whom for: address, Sentry's member id, or a part of the name that fits one only; null for oneself.</summary>
    [StringLength(200)]
    public string? Member { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }

    /// <summary>The ticket's number.</summary>
    [StringLength(100)]
    public string? Ticket { get; init; }

    /// <summary>For how many minutes; null for without an end, where the policy allows it.</summary>
    [Range(5, 527040)]
    public int? Minutes { get; init; }

    /// <summary>From when; null for at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Whether it is an emergency: given at once, with an alarm, and looked at afterwards.</summary>
    public bool IsBreakGlass { get; init; }
}

/// <summary>Somebody asked for access.</summary>
public sealed record AccessRequest
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The connector.</summary>
    public required long Connector { get; init; }

    /// <summary>The account that asked; null at the command line.</summary>
    public long? Account { get; init; }

    /// <summary>Who gets it: Sentry's member id.</summary>
    public required string Member { get; init; }

    /// <summary>What they were called then.</summary>
    public required string MemberName { get; init; }

    /// <summary>What kind of access.</summary>
    public required string Kind { get; init; }

    /// <summary>The team; null for a role in the organization.</summary>
    public string? Team { get; init; }

    /// <summary>What the team was called then.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The role there.</summary>
    public required string Role { get; init; }

    /// <summary>The project that shall be reached; null for none in particular.</summary>
    public string? Project { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The ticket's number; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>For how many minutes it was asked; null for without an end.</summary>
    public int? Minutes { get; init; }

    /// <summary>From when; null for at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>How it stands: submitted, approved, denied, withdrawn, expired.</summary>
    public required string State { get; init; }

    /// <summary>The policy that counted.</summary>
    public required long Policy { get; init; }

    /// <summary>The version of it.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>The accounts that may decide, step by step.</summary>
    public required IReadOnlyList<DecisionStep> Steps { get; init; }

    /// <summary>The step that is open, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Whether it was an emergency.</summary>
    public required bool IsBreakGlass { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when somebody must have answered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>For how many minutes it was granted; null when it was not, or without an end.</summary>
    public int? GrantedMinutes { get; init; }

    /// <summary>Why it ended as it did; null for nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Of an emergency: whether it was justified, in the judgement of who looked at it; null before.</summary>
    public bool? WasJustified { get; init; }
}

/// <summary>One step: who decides.</summary>
/// <param name="Approvers">The accounts.</param>
/// <param name="By">How they were found.</param>
/// <param name="Needed">So many must say yes.</param>
public sealed record DecisionStep(IReadOnlyList<long> Approvers, string By, int Needed);

/// <summary>A request with what was said and what came of it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Said">What was said, the oldest first.</param>
/// <param name="Grant">What came of it; null for nothing.</param>
/// <param name="MayDecide">Whether the caller may decide now.</param>
public sealed record AccessRequestDetails(AccessRequest Request, IReadOnlyList<RequestAnswer> Said, TemporaryGrant? Grant, bool MayDecide);

/// <summary>Something that was said about a request.</summary>
/// <param name="Step">In which step.</param>
/// <param name="Account">Who; null for the policy's rule and at the command line.</param>
/// <param name="Verdict">approve, deny, automatic or break-glass.</param>
/// <param name="Minutes">For how long, when it was shortened.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record RequestAnswer(int Step, long? Account, string Verdict, int? Minutes, string? Reason, DateTimeOffset At);

/// <summary>Access that ends by itself.</summary>
public sealed record TemporaryGrant
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The request that it comes from.</summary>
    public required long Request { get; init; }

    /// <summary>The connector.</summary>
    public required long Connector { get; init; }

    /// <summary>Who has it: Sentry's member id.</summary>
    public required string Member { get; init; }

    /// <summary>What kind of access.</summary>
    public required string Kind { get; init; }

    /// <summary>The team; null for a role in the organization.</summary>
    public string? Team { get; init; }

    /// <summary>The role there.</summary>
    public required string Role { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when; null for without an end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>scheduled, active or ended.</summary>
    public required string State { get; init; }

    /// <summary>What was made of it in Sentry: none, granting, granted, grant-failed, revoking, revoked, revoke-failed.</summary>
    public required string Provisioning { get; init; }

    /// <summary>The role that was there before; null for none, or not known.</summary>
    public string? BeforeRole { get; init; }

    /// <summary>Whether that is known.</summary>
    public required bool IsBeforeKnown { get; init; }

    /// <summary>The newest change in Sentry that was made for it; null for none.</summary>
    public long? ChangeInSentry { get; init; }

    /// <summary>When Sentry was read back and had it; null before.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Why it ended: expired, revoked, given-back, superseded; null before.</summary>
    public string? Ending { get; init; }

    /// <summary>When it was proven to be gone; null before.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>What to say besides.</summary>
    public string? Note { get; init; }
}

/// <summary>Which requests to list.</summary>
public sealed record AccessRequestQuery : PageQuery
{
    /// <summary>mine (those I asked for), waiting (those that wait for me), all.</summary>
    [AllowedValues("mine", "waiting", "all")]
    public string View { get; init; } = "mine";

    /// <summary>Only those in this state.</summary>
    [AllowedValues(null, "submitted", "approved", "denied", "withdrawn", "expired")]
    public string? State { get; init; }
}

/// <summary>Which grants to list.</summary>
public sealed record GrantQuery
{
    /// <summary>Whether to list those of everybody; otherwise one's own.</summary>
    public bool All { get; init; }

    /// <summary>Whether to list those that ended long ago too.</summary>
    public bool Ended { get; init; }
}

/// <summary>An organization in which somebody can ask for access.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Name">What it is called.</param>
public sealed record RequestPlace(long Connector, string Name);

/// <summary>What to look for in the catalogue.</summary>
public sealed record CatalogueQuery
{
    /// <summary>The connector.</summary>
    public required long Connector { get; init; }

    /// <summary>A part of a team's, project's or role's name; empty for all teams and roles.</summary>
    [StringLength(100)]
    public string Text { get; init; } = "";

    /// <summary>Whom for: address, Sentry's member id, or a part of the name that fits one only; null for oneself.</summary>
    [StringLength(200)]
    public string? Member { get; init; }
}

/// <summary>Something that can be asked for.</summary>
public sealed record CatalogueEntry
{
    /// <summary>team-membership or org-role.</summary>
    public required string Kind { get; init; }

    /// <summary>The team, by Sentry's id; null for a role in the organization.</summary>
    public string? Team { get; init; }

    /// <summary>What the team is called.</summary>
    public required string Name { get; init; }

    /// <summary>The role there.</summary>
    public required string Role { get; init; }

    /// <summary>The project that it leads to; null for none in particular.</summary>
    public string? Project { get; init; }

    /// <summary>What one has there already, as a sentence; null for nothing.</summary>
    public string? Held { get; init; }

    /// <summary>The longest time in minutes.</summary>
    public required int LongestMinutes { get; init; }
}

/// <summary>A yes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RequestApproval
{
    /// <summary>For a shorter time than was asked for; null for that time.</summary>
    [Range(5, 527040)]
    public int? Minutes { get; init; }

    /// <summary>Why; null for nothing to say.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A reason.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RequestReason
{
    /// <summary>Why; may be left out where one gives back what is one's own.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>What somebody thinks of an emergency afterwards.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EmergencyReview
{
    /// <summary>Whether it was one.</summary>
    public required bool WasJustified { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Note { get; init; }
}
