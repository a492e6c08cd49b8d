using System.ComponentModel.DataAnnotations;

namespace Watchbill.Connectors;

/// <summary>How careful a sync is.</summary>
public sealed class SyncOptions
{
    /// <summary>
    /// A run that would close more than this share of the open facts of one kind is held until somebody confirms it.
    /// <value>Default 0.5.</value> Works together with <see cref="MassLossMinimum"/>: both must be exceeded.
    /// </summary>
    [Range(0.01, 1)]
    public double MassLossShare { get; init; } = 0.5;

    /// <summary>So many facts of one kind may always close without asking. <value>Default 20.</value></summary>
    [Range(0, 1_000_000)]
    public int MassLossMinimum { get; init; } = 20;

    /// <summary>What an interrupted run read completely is kept for the next run for so long. <value>Default one hour.</value></summary>
    public TimeSpan ResumeWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A run whose process did not report for so long is taken over. <value>Default 30 seconds.</value></summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After so long a scheduled run reads everything again instead of what Sentry's audit log names: some changes leave no line there, for example roles set
    /// through SCIM. <value>Default one day.</value>
    /// </summary>
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often one request is tried before its scope fails. <value>Default 5.</value></summary>
    [Range(1, 10)]
    public int Attempts { get; init; } = 5;

    /// <summary>The longest one attempt may take, to the last byte of the answer. <value>Default one minute.</value></summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
