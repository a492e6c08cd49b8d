using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about the evidence log, wherever Watchbill is.</summary>
internal interface IEvidenceLog
{
    /// <summary>How it stands.</summary>
    Task<Result<LogLine>> StandingAsync(CancellationToken cancellationToken);

    /// <summary>Computes it anew and compares; with a checkpoint that somebody kept, where one is given.</summary>
    Task<Result<VerificationLine>> VerifyAsync(string? checkpoint, CancellationToken cancellationToken);
}

/// <summary>How the evidence log stands.</summary>
internal sealed record LogLine(string Origin, long Size, DateTimeOffset? SealedAt, string? Checkpoint, string VerifierKey);

/// <summary>What a look at the whole log found.</summary>
internal sealed record VerificationLine(long Size, string Root, int Checkpoints, long Unsealed, IReadOnlyList<string> Findings)
{
    public bool IsIntact => Findings.Count == 0 && Unsealed == 0;
}
