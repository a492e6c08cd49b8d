using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about the evidence log, wherever Watchbill is.</summary>
internal interface IEvidenceLog
{
    /// <summary>How it stands.</summary>
    Task<Result<LogLine>> StandingAsync(CancellationToken cancellationToken);

    /// <summary>Computes it anew and compares; with a checkpoint that somebody kept, where one is given.</summary>
    Task<Result<VerificationLine>> VerifyAsync(string? checkpoint, CancellationToken cancellationToken);

    /// <summary>The keys that sign it, statements and packs.</summary>
    Task<Result<IReadOnlyList<KeyLine>>> KeysAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the current key of one use.</summary>
    Task<Result<KeyLine>> ReplaceKeyAsync(string use, string reason, CancellationToken cancellationToken);
}

/// <summary>A key that signs, or signed once.</summary>
internal sealed record KeyLine(string Use, int Generation, string Fingerprint, DateTimeOffset? Since, long FromSize, bool IsCurrent, string Pem);

/// <summary>How the evidence log stands.</summary>
internal sealed record LogLine(string Origin, long Size, DateTimeOffset? SealedAt, string? Checkpoint, string VerifierKey);

/// <summary>What a look at the whole log found.</summary>
internal sealed record VerificationLine(long Size, string Root, int Checkpoints, long Unsealed, IReadOnlyList<string> Findings)
{
    public bool IsIntact => Findings.Count == 0 && Unsealed == 0;
}
