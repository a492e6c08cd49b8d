using Watchbill.Kernel;

namespace Watchbill.Requests;

/// <summary>How a request stands.</summary>
public enum RequestState
{
    /// <summary>Somebody must decide.</summary>
    Submitted,

    /// <summary>It was granted: by people, by the policy's rule, or as an emergency. The end.</summary>
    Approved,

    /// <summary>Somebody said no. The end.</summary>
    Denied,

    /// <summary>Who asked took it back. The end.</summary>
    Withdrawn,

    /// <summary>Nobody answered in time. The end.</summary>
    Expired,
}

/// <summary>What somebody said about a request.</summary>
public enum Verdict
{
    /// <summary>Yes.</summary>
    Approve,

    /// <summary>No.</summary>
    Deny,

    /// <summary>The policy's rule said yes.</summary>
    Automatic,

    /// <summary>An emergency: nobody was asked.</summary>
    BreakGlass,
}

/// <summary>What is asked for, by Sentry's ids.</summary>
/// <param name="Kind">What kind of access.</param>
/// <param name="Team">The team; null for a role in the organization.</param>
/// <param name="Role">The role there.</param>
public sealed record AccessTarget(AccessKind Kind, string? Team, string Role);

/// <summary>A request as somebody writes it.</summary>
public sealed record RequestDraft
{
    /// <summary>In which organization.</summary>
    public required ConnectorId Connector { get; init; }

    /// <summary>What for.</summary>
    public required AccessTarget Target { get; init; }

    /// <summary>The project that shall be reached through the team, by Sentry's id; null for none in particular.</summary>
    public string? Project { get; init; }

    /// <summary>Whom for, by Sentry's member id; null for oneself. Only those who may change access ask for others.</summary>
    public string? Member { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The ticket's number; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>For how long; null for without an end.</summary>
    public int? Minutes { get; init; }

    /// <summary>From when; null for at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Whether it is an emergency: given at once, with an alarm, and looked at afterwards.</summary>
    public bool IsBreakGlass { get; init; }
}

/// <summary>A step of a request: who decides, as it was when somebody asked.</summary>
public sealed record RequestStep
{
    /// <summary>The accounts that may decide.</summary>
    public IReadOnlyList<long> Approvers { get; init; } = [];

    /// <summary>How they were found.</summary>
    public string By { get; init; } = "";

    /// <summary>So many must say yes.</summary>
    public int Needed { get; init; } = 1;
}

/// <summary>Something that was said about a request. It can be neither changed nor removed.</summary>
public sealed record Approval
{
    /// <summary>In which step, from 1.</summary>
    public int Step { get; init; }

    /// <summary>Who said it; null for the policy's rule and at the command line.</summary>
    public AccountId? Account { get; init; }

    /// <summary>What.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>For how long, when it was shortened; null otherwise.</summary>
    public int? Minutes { get; init; }

    /// <summary>Why; null when nothing was said.</summary>
    public string? Reason { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Somebody asked for access.</summary>
public sealed record AccessRequest
{
    /// <summary>Identifies it.</summary>
    public AccessRequestId Id { get; init; }

    /// <summary>In which organization.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>Who asked; null at the command line.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Who gets it: Sentry's member id.</summary>
    public required string Member { get; init; }

    /// <summary>What they were called when it was asked for.</summary>
    public required string MemberName { get; init; }

    /// <summary>Their address then.</summary>
    public required string MemberEmail { get; init; }

    /// <summary>What for.</summary>
    public required AccessTarget Target { get; init; }

    /// <summary>What the team, or the organization, was called then.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The project that shall be reached through the team, as it was called then; null for none in particular.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The ticket's number; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>For how long it was asked; null for without an end.</summary>
    public int? Minutes { get; init; }

    /// <summary>From when it was asked; null for at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>How it stands.</summary>
    public RequestState State { get; init; }

    /// <summary>The policy that counted.</summary>
    public RequestPolicyId Policy { get; init; }

    /// <summary>The version of it.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Its name then.</summary>
    public required string PolicyName { get; init; }

    /// <summary>Who decides, step by step.</summary>
    public IReadOnlyList<RequestStep> Steps { get; init; } = [];

    /// <summary>The step that is open, from 1.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Whether it was an emergency.</summary>
    public bool IsBreakGlass { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when somebody must have answered.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>For how long it was granted; null when it was not, or without an end.</summary>
    public int? GrantedMinutes { get; init; }

    /// <summary>Why it ended as it did; null for nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>The grant that it goes on from, when it was asked for before that one's end; null otherwise.</summary>
    public TemporaryGrantId? Extends { get; init; }

    /// <summary>Until when somebody must have looked at an emergency; null for what was none.</summary>
    public DateTimeOffset? ReviewDueAt { get; init; }

    /// <summary>When somebody did; null before.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Who.</summary>
    public AccountId? ReviewedBy { get; init; }

    /// <summary>Whether it was one, in their judgement.</summary>
    public bool? WasJustified { get; init; }

    /// <summary>Why.</summary>
    public string? ReviewNote { get; init; }
}
