using System.Text.Json;
using Watchbill.Kernel;

namespace Watchbill.Requests;

/// <summary>A row of the policies' table.</summary>
internal sealed record PolicyRow
{
    public RequestPolicyId Id { get; init; }

    public required string Name { get; init; }

    public int Position { get; init; }

    public bool IsOn { get; init; }

    public required string Rules { get; init; }

    public int Version { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public static PolicyRow Of(RequestPolicy policy) => new()
    {
        Id = policy.Id,
        Name = policy.Name,
        Position = policy.Position,
        IsOn = policy.IsOn,
        Rules = policy.Rules.ToJson(),
        Version = policy.Version,
        ChangedAt = policy.ChangedAt,
    };

    public RequestPolicy ToPolicy() => new()
    {
        Id = Id,
        Name = Name,
        Position = Position,
        IsOn = IsOn,
        Rules = PolicyRules.FromJson(Rules),
        Version = Version,
        ChangedAt = ChangedAt,
    };
}

/// <summary>A row of the policies' versions.</summary>
internal sealed record PolicyVersionRow
{
    public long Id { get; init; }

    public RequestPolicyId PolicyId { get; init; }

    public int Version { get; init; }

    public required string Name { get; init; }

    public int Position { get; init; }

    public bool IsOn { get; init; }

    public required string Rules { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public DateTimeOffset At { get; init; }

    public PolicyVersion ToVersion() => new(
        new RequestPolicy { Id = PolicyId, Name = Name, Position = Position, IsOn = IsOn, Rules = PolicyRules.FromJson(Rules), Version = Version, ChangedAt = At },
        new Actor(Enum.Parse<ActorKind>(ActorKind), ActorId));
}

/// <summary>A row of the requests' table.</summary>
internal sealed record AccessRequestRow
{
    public AccessRequestId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public AccountId? AccountId { get; init; }

    public required string Member { get; init; }

    public required string MemberName { get; init; }

    public required string MemberEmail { get; init; }

    public AccessKind Kind { get; init; }

    public string? Team { get; init; }

    public required string ResourceName { get; init; }

    public required string Role { get; init; }

    public string? ProjectName { get; init; }

    public required string Reason { get; init; }

    public string? Ticket { get; init; }

    public int? Minutes { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public RequestState State { get; init; }

    public RequestPolicyId PolicyId { get; init; }

    public int PolicyVersion { get; init; }

    public required string PolicyName { get; init; }

    public required string Steps { get; init; }

    public int Step { get; init; }

    public bool IsBreakGlass { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public int? GrantedMinutes { get; init; }

    public string? Note { get; init; }

    public TemporaryGrantId? Extends { get; init; }

    public DateTimeOffset? ReviewDueAt { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public AccountId? ReviewedBy { get; init; }

    public bool? WasJustified { get; init; }

    public string? ReviewNote { get; init; }

    public static string ToJson(IReadOnlyList<RequestStep> steps) => JsonSerializer.Serialize(steps, RequestJson.Default.IReadOnlyListRequestStep);

    public AccessTarget Target() => new(Kind, Team, Role);

    public AccessRequest ToRequest() => new()
    {
        Id = Id,
        Connector = ConnectorId,
        Account = AccountId,
        Member = Member,
        MemberName = MemberName,
        MemberEmail = MemberEmail,
        Target = Target(),
        ResourceName = ResourceName,
        ProjectName = ProjectName,
        Reason = Reason,
        Ticket = Ticket,
        Minutes = Minutes,
        StartsAt = StartsAt,
        State = State,
        Policy = PolicyId,
        PolicyVersion = PolicyVersion,
        PolicyName = PolicyName,
        Steps = JsonSerializer.Deserialize(Steps, RequestJson.Default.IReadOnlyListRequestStep)!,
        Step = Step,
        IsBreakGlass = IsBreakGlass,
        RequestedAt = RequestedAt,
        ExpiresAt = ExpiresAt,
        DecidedAt = DecidedAt,
        GrantedMinutes = GrantedMinutes,
        Note = Note,
        Extends = Extends,
        ReviewDueAt = ReviewDueAt,
        ReviewedAt = ReviewedAt,
        ReviewedBy = ReviewedBy,
        WasJustified = WasJustified,
        ReviewNote = ReviewNote,
    };
}

/// <summary>A row of what was said about requests.</summary>
internal sealed record ApprovalRow
{
    public long Id { get; init; }

    public AccessRequestId RequestId { get; init; }

    public int Step { get; init; }

    public AccountId? AccountId { get; init; }

    public Verdict Verdict { get; init; }

    public int? Minutes { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset At { get; init; }

    public Approval ToApproval() => new() { Step = Step, Account = AccountId, Verdict = Verdict, Minutes = Minutes, Reason = Reason, At = At };
}

/// <summary>A row of the grants' table.</summary>
internal sealed record GrantRow
{
    public TemporaryGrantId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public AccessRequestId RequestId { get; init; }

    public AccountId? AccountId { get; init; }

    public required string Member { get; init; }

    public AccessKind Kind { get; init; }

    public string? Team { get; init; }

    public required string Role { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    /// <summary>The largest instant for a grant without an end.</summary>
    public DateTimeOffset EndsAt { get; init; }

    public GrantState State { get; init; }

    public GrantProvisioning Provisioning { get; init; }

    public bool BeforeKnown { get; init; }

    public string? BeforeRole { get; init; }

    public string? HeldRole { get; init; }

    public ProvisioningTaskId? TaskId { get; init; }

    public DateTimeOffset? ProvenAt { get; init; }

    public DateTimeOffset? WarnedAt { get; init; }

    public GrantEnding? Ending { get; init; }

    public string? EndedWhy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? Note { get; init; }

    /// <summary>Whether both are about the same place of the same member.</summary>
    public bool IsBeside(GrantRow other) => other.Id != Id && other.Member == Member && other.Kind == Kind && other.Team == Team;

    public TemporaryGrant ToGrant() => new()
    {
        Id = Id,
        Connector = ConnectorId,
        Request = RequestId,
        Account = AccountId,
        Member = Member,
        Target = new AccessTarget(Kind, Team, Role),
        StartsAt = StartsAt,
        EndsAt = EndsAt == DateTimeOffset.MaxValue ? null : EndsAt,
        State = State,
        Provisioning = Provisioning,
        IsBeforeKnown = BeforeKnown,
        BeforeRole = BeforeRole,
        HeldRole = HeldRole,
        Task = TaskId,
        ProvenAt = ProvenAt,
        Ending = Ending,
        EndedWhy = EndedWhy,
        EndedAt = EndedAt,
        RevokedAt = RevokedAt,
        Note = Note,
    };
}
