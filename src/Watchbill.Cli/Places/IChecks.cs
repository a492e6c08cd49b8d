using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about checks, wherever Watchbill is.</summary>
internal interface IChecks
{
    /// <summary>Runs all checks now.</summary>
    Task<Result<CheckLines>> RunAsync(ConnectorId connector, CancellationToken cancellationToken);

    /// <summary>What all checks said in the latest run.</summary>
    Task<Result<CheckLines>> LatestAsync(ConnectorId connector, CancellationToken cancellationToken);

    /// <summary>What a check said of single resources, at most 1,000 of them, failures first.</summary>
    Task<Result<IReadOnlyList<CheckResultLine>>> ResultsAsync(ConnectorId connector, string check, string? outcome, CancellationToken cancellationToken);
}

/// <summary>A run of all checks.</summary>
internal sealed record CheckLines(long Run, DateTimeOffset At, string Digest, IReadOnlyList<CheckRow> Rows);

/// <summary>What one check said.</summary>
internal sealed record CheckRow(string Check, string Outcome, string? Reason)
{
    public long Passed { get; init; }

    public long Failed { get; init; }

    public long NotEvaluated { get; init; }

    public long NotApplicable { get; init; }

    public long Excepted { get; init; }
}

/// <summary>What a check said of one resource.</summary>
internal sealed record CheckResultLine(string Kind, string Key, string Name, string Outcome, string? Reason)
{
    public DateTimeOffset Since { get; init; }
}
