using Watchbill.Kernel;

namespace Watchbill.Compliance.Runs;

/// <summary>One run of all checks over one organization. Once written it never changes.</summary>
public sealed record CheckRun
{
    /// <summary>Identifies it.</summary>
    public CheckRunId Id { get; init; }

    /// <summary>Of which connector.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>The instant that its verdicts are about.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>SHA-256 over every verdict in a fixed order: the same inputs and parameters give the same.</summary>
    public required string Digest { get; init; }

    /// <summary>One line for each check, in the order of the catalogue.</summary>
    public IReadOnlyList<CheckLine> Lines { get; init; } = [];
}

/// <summary>What one check said in one run.</summary>
public sealed record CheckLine
{
    /// <summary>Which check.</summary>
    public required string CheckId { get; init; }

    /// <summary>In which version.</summary>
    public int Version { get; init; }

    /// <summary>What it says of all its resources together: as bad as the worst of them.</summary>
    public CheckOutcome Outcome { get; init; }

    /// <summary>Why nothing was evaluated or is applicable; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The parameters it ran with, as a JSON object of texts.</summary>
    public required string Settings { get; init; }

    /// <summary>SHA-256 of the check's definition as it ran.</summary>
    public required string DefinitionDigest { get; init; }

    /// <summary>So many resources are as they should be.</summary>
    public long Passed { get; init; }

    /// <summary>So many are not.</summary>
    public long Failed { get; init; }

    /// <summary>So many could not be looked at.</summary>
    public long NotEvaluated { get; init; }

    /// <summary>So many it does not apply to.</summary>
    public long NotApplicable { get; init; }

    /// <summary>So many are not as they should be, and that is approved for a time.</summary>
    public long Excepted { get; init; }

    /// <summary>The run whose verdicts about single resources hold: this one, or an earlier one when now nothing could be evaluated. Null when there never was one.</summary>
    public CheckRunId? ResultsRun { get; init; }
}

/// <summary>What a check says of one resource, for a time.</summary>
public sealed record CheckResult
{
    /// <summary>Which check.</summary>
    public required string CheckId { get; init; }

    /// <summary>Of what.</summary>
    public CheckResource Resource { get; init; }

    /// <summary>What.</summary>
    public CheckOutcome Outcome { get; init; }

    /// <summary>Why, in one sentence; null when a pass says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>The exception that covers it; null for none.</summary>
    public CheckExceptionId? Exception { get; init; }

    /// <summary>The run that said so first was about this instant.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The run that said so no more was about this instant; null while it holds.</summary>
    public DateTimeOffset? To { get; init; }
}
