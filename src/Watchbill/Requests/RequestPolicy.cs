using System.Text.Json;
using System.Text.Json.Serialization;
using Watchbill.Kernel;

namespace Watchbill.Requests;

/// <summary>What kind of access can be asked for.</summary>
public enum AccessKind
{
    /// <summary>A place on a team, with a role there. Projects are reached through it.</summary>
    TeamMembership,

    /// <summary>A role in the organization.</summary>
    OrgRole,
}

/// <summary>How the people who decide in a step are found.</summary>
public enum ApproverRule
{
    /// <summary>The admins of the team that is asked for.</summary>
    TeamAdmin,

    /// <summary>The manager of whoever gets the access, as the directory tells.</summary>
    Manager,

    /// <summary>The owners of the source.</summary>
    SourceOwner,

    /// <summary>The people named in the step.</summary>
    Named,
}

/// <summary>One step on the way to a yes. Whoever decided in a step decides in no other one of the same request.</summary>
public sealed record ApprovalStep
{
    /// <summary>The rules by which its people are found; all of them together. When they find nobody, those who may change access decide: nobody is approved because nobody was found.</summary>
    public IReadOnlyList<ApproverRule> Rules { get; init; } = [ApproverRule.TeamAdmin];

    /// <summary>The accounts that <see cref="ApproverRule.Named"/> means.</summary>
    public IReadOnlyList<long> Named { get; init; } = [];

    /// <summary>So many of them must say yes; one no is a no.</summary>
    public int Needed { get; init; } = 1;
}

/// <summary>When nobody needs to be asked: only if everything that is set here holds.</summary>
public sealed record AutoApproval
{
    /// <summary>Who asks is on one of these teams, by Sentry's ids: an on-call list, for example. Empty for no matter.</summary>
    public IReadOnlyList<string> OnTeams { get; init; } = [];

    /// <summary>The time asked for is at most so many minutes; null for no matter.</summary>
    public int? UpToMinutes { get; init; }

    /// <summary>It is Monday to Friday between these hours, from and until, in <see cref="TimeZone"/>; null for no matter.</summary>
    public int? FromHour { get; init; }

    /// <inheritdoc cref="FromHour"/>
    public int? UntilHour { get; init; }

    /// <summary>The zone of the hours, by its IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";
}

/// <summary>Who may ask for what, for how long, and who decides.</summary>
public sealed record PolicyRules
{
    /// <summary>The shortest time that can be granted.</summary>
    public const int LeastMinutes = 5;

    /// <summary>The longest time that can be granted at all: a year.</summary>
    public const int MostMinutes = 366 * 24 * 60;

    /// <summary>In which organization; null for all.</summary>
    public long? Connector { get; init; }

    /// <summary>Which kinds of access.</summary>
    public IReadOnlyList<AccessKind> Kinds { get; init; } = [AccessKind.TeamMembership];

    /// <summary>Which teams, by Sentry's ids; empty for all.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Which roles, on teams and in the organization, by Sentry's ids.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["contributor"];

    /// <summary>Who may ask: members of these teams, by Sentry's ids; empty for every member.</summary>
    public IReadOnlyList<string> AskerTeams { get; init; } = [];

    /// <summary>The longest time.</summary>
    public int LongestMinutes { get; init; } = 8 * 60;

    /// <summary>Whether access without an end may be asked for.</summary>
    public bool AllowForever { get; init; }

    /// <summary>The steps, in order; with none, those who may change access decide.</summary>
    public IReadOnlyList<ApprovalStep> Steps { get; init; } = [new()];

    /// <summary>A reason has at least so many characters.</summary>
    public int ReasonLength { get; init; } = 10;

    /// <summary>What a ticket's number looks like, as a regular expression for all of it; null when none is asked for.</summary>
    public string? TicketPattern { get; init; }

    /// <summary>A request that nobody answers ends after so many hours.</summary>
    public int AnswerWithinHours { get; init; } = 24;

    /// <summary>When nobody needs to be asked; null for never.</summary>
    public AutoApproval? Auto { get; init; }

    /// <summary>In an emergency access is given at once, for at most so many minutes, with an alarm; null for never.</summary>
    public int? BreakGlassMinutes { get; init; }

    /// <summary>Within so many hours somebody else looks at an emergency afterwards.</summary>
    public int ReviewWithinHours { get; init; } = 24;

    internal string ToJson() => JsonSerializer.Serialize(this, RequestJson.Default.PolicyRules);

    internal static PolicyRules FromJson(string json) => JsonSerializer.Deserialize(json, RequestJson.Default.PolicyRules)!;
}

/// <summary>A policy. Of several that fit a request the first counts, in the order of their positions.</summary>
public sealed record RequestPolicy
{
    /// <summary>Identifies it.</summary>
    public RequestPolicyId Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its place among the others; the smallest is asked first.</summary>
    public int Position { get; init; }

    /// <summary>Whether it counts.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>What it says.</summary>
    public PolicyRules Rules { get; init; } = new();

    /// <summary>Grows with every change; every version is kept.</summary>
    public int Version { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>One version of a policy, and who made it.</summary>
/// <param name="Policy">What it said.</param>
/// <param name="By">Who made it so.</param>
public sealed record PolicyVersion(RequestPolicy Policy, Actor By);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PolicyRules))]
[JsonSerializable(typeof(IReadOnlyList<RequestStep>))]
internal sealed partial class RequestJson : JsonSerializerContext;
