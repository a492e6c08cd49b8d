using Watchbill.Contracts.Client;
using Watchbill.Contracts.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>The evidence log of a server.</summary>
internal sealed class EvidenceLogOnServer(EvidenceLogClient client) : IEvidenceLog
{
    public Task<Result<LogLine>> StandingAsync(CancellationToken cancellationToken) => WatchbillOnServer.AskAsync(async () =>
    {
        var log = await client.FindAsync(cancellationToken);
        return new LogLine(log.Origin, log.Size, log.SealedAt, log.Checkpoint, log.VerifierKey);
    });

    public Task<Result<VerificationLine>> VerifyAsync(string? checkpoint, CancellationToken cancellationToken) => WatchbillOnServer.AskAsync(async () =>
    {
        var found = await client.VerifyAsync(new NewLogVerification { Checkpoint = checkpoint }, cancellationToken);
        return new VerificationLine(found.Size, found.Root, found.Checkpoints, found.Unsealed, found.Findings);
    });
}
