using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>A row of the runs' table.</summary>
internal sealed record CheckRunRow
{
    public CheckRunId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public required string Digest { get; init; }

    /// <summary>When each input was read, and why it was not, as JSON.</summary>
    public required string Inputs { get; init; }

    public CheckRun ToRun(IEnumerable<CheckLineRow> lines) => new()
    {
        Id = Id,
        Connector = ConnectorId,
        At = At,
        EndedAt = EndedAt,
        Actor = new Actor(Enum.Parse<ActorKind>(ActorKind), ActorId, ActorFrom),
        Digest = Digest,
        Lines = [.. lines.Select(static line => line.ToLine())],
    };
}

/// <summary>A row of the lines' table.</summary>
internal sealed record CheckLineRow
{
    public CheckRunId RunId { get; init; }

    public required string CheckId { get; init; }

    /// <summary>As wide as the column, as all numbers here: a bulk copy sends them as they are.</summary>
    public long Version { get; init; }

    public required string DefinitionDigest { get; init; }

    public CheckOutcome Outcome { get; init; }

    public string? Reason { get; init; }

    public required string Settings { get; init; }

    public long Passed { get; init; }

    public long Failed { get; init; }

    public long NotEvaluated { get; init; }

    public long NotApplicable { get; init; }

    public long Excepted { get; init; }

    public long? ResultsRun { get; init; }

    public static CheckLineRow From(CheckRunId run, CheckLine line) => new()
    {
        RunId = run,
        CheckId = line.CheckId,
        Version = line.Version,
        DefinitionDigest = line.DefinitionDigest,
        Outcome = line.Outcome,
        Reason = line.Reason,
        Settings = line.Settings,
        Passed = line.Passed,
        Failed = line.Failed,
        NotEvaluated = line.NotEvaluated,
        NotApplicable = line.NotApplicable,
        Excepted = line.Excepted,
        ResultsRun = line.ResultsRun?.Value,
    };

    public CheckLine ToLine() => new()
    {
        CheckId = CheckId,
        Version = (int)Version,
        DefinitionDigest = DefinitionDigest,
        Outcome = Outcome,
        Reason = Reason,
        Settings = Settings,
        Passed = Passed,
        Failed = Failed,
        NotEvaluated = NotEvaluated,
        NotApplicable = NotApplicable,
        Excepted = Excepted,
        ResultsRun = ResultsRun is { } run ? new CheckRunId(run) : null,
    };
}

/// <summary>A row of the results' table: what a check said of one resource, for a time.</summary>
internal sealed record CheckResultRow
{
    public ConnectorId ConnectorId { get; init; }

    public required string CheckId { get; init; }

    public ResourceKind ResourceKind { get; init; }

    public required string ResourceKey { get; init; }

    public DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset ValidTo { get; init; }

    public required string ResourceName { get; init; }

    public CheckOutcome Outcome { get; init; }

    public string? Reason { get; init; }

    public long? ExceptionId { get; init; }

    public long FirstRun { get; init; }

    public long? LastRun { get; init; }

    public CheckResult ToResult() => new()
    {
        CheckId = CheckId,
        Resource = new CheckResource(ResourceKind, ResourceKey, ResourceName),
        Outcome = Outcome,
        Reason = Reason,
        Exception = ExceptionId is { } id ? new CheckExceptionId(id) : null,
        From = ValidFrom,
        To = ValidTo == Conventions.OpenEnd ? null : ValidTo,
    };
}
