using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Requests;

/// <summary>A policy: who may ask for what, and who decides.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RequestPolicy
{
    /// <summary>Its number; 0 for one that is to be made.</summary>
    public long Id { get; init; }

    /// <summary>Its name.</summary>
    [Required, StringLength(100)]
    public required string Name { get; init; }

    /// <summary>Its place; of several that fit the one with the smallest counts.</summary>
    [Range(0, 10000)]
    public int Position { get; init; }

    /// <summary>Whether it counts.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>The version that was seen; 0 for one that is to be made. A change of another version is refused.</summary>
    public int Version { get; init; }

    /// <summary>In which organization; null for all.</summary>
    public long? Connector { get; init; }

    /// <summary>team-membership, org-role.</summary>
    [MaxLength(2)]
    public IReadOnlyList<string> Kinds { get; init; } = ["team-membership"];

    /// <summary>Which teams, by Sentry's ids; empty for all.</summary>
    [MaxLength(500)]
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Which roles, on teams and in the organization.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string> Roles { get; init; } = ["contributor"];

    /// <summary>Who may ask: members of these teams, by Sentry's ids; empty for every member.</summary>
    [MaxLength(500)]
    public IReadOnlyList<string> AskerTeams { get; init; } = [];

    /// <summary>The longest time in minutes.</summary>
    [Range(5, 527040)]
    public int LongestMinutes { get; init; } = 480;

    /// <summary>Whether access without an end may be asked for.</summary>
    public bool AllowForever { get; init; }

    /// <summary>The steps, in order; with none, those who may change access decide.</summary>
    [MaxLength(5)]
    public IReadOnlyList<PolicyStep> Steps { get; init; } = [];

    /// <summary>A reason has at least so many characters.</summary>
    [Range(0, 200)]
    public int ReasonLength { get; init; } = 10;

    /// <summary>What a ticket's number looks like, as a regular expression; null when none is asked for.</summary>
    [StringLength(200)]
    public string? TicketPattern { get; init; }

    /// <summary>A request that nobody answers ends after so many hours.</summary>
    [Range(1, 720)]
    public int AnswerWithinHours { get; init; } = 24;

    /// <summary>When nobody needs to be asked; null for never.</summary>
    public PolicyAutoApproval? Auto { get; init; }

    /// <summary>In an emergency access is given at once for at most so many minutes; null for never.</summary>
    [Range(5, 1440)]
    public int? BreakGlassMinutes { get; init; }

    /// <summary>Within so many hours somebody else looks at an emergency.</summary>
    [Range(1, 720)]
    public int ReviewWithinHours { get; init; } = 24;
}

/// <summary>One step of a policy.</summary>
public sealed record PolicyStep
{
    /// <summary>team-admin, manager, source-owner, named: all of them together.</summary>
    [MaxLength(4)]
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The accounts that the rule named means.</summary>
    [MaxLength(100)]
    public IReadOnlyList<long> Named { get; init; } = [];

    /// <summary>So many must say yes.</summary>
    [Range(1, 10)]
    public int Needed { get; init; } = 1;
}

/// <summary>When nobody needs to be asked: only if everything that is set holds.</summary>
public sealed record PolicyAutoApproval
{
    /// <summary>Who gets it is on one of these teams, by Sentry's ids.</summary>
    [MaxLength(500)]
    public IReadOnlyList<string> OnTeams { get; init; } = [];

    /// <summary>At most so many minutes.</summary>
    [Range(5, 527040)]
    public int? UpToMinutes { get; init; }

    /// <summary>On weekdays from this hour on.</summary>
    [Range(0, 23)]
    public int? FromHour { get; init; }

    /// <summary>Until this hour.</summary>
    [Range(1, 24)]
    public int? UntilHour { get; init; }

    /// <summary>The zone of the hours, by its IANA name.</summary>
    [StringLength(100)]
    public string TimeZone { get; init; } = "UTC";
}
