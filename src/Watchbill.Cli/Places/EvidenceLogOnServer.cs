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

    public Task<Result<IReadOnlyList<KeyLine>>> KeysAsync(CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync<IReadOnlyList<KeyLine>>(async () => [.. (await client.KeysAsync(cancellationToken)).Select(LineOf)]);

    public Task<Result<KeyLine>> ReplaceKeyAsync(string use, string reason, CancellationToken cancellationToken) => WatchbillOnServer.AskAsync(async () =>
    {
        var current = (await client.KeysAsync(cancellationToken)).FirstOrDefault(key => key.IsCurrent && key.Use == use);
        return LineOf(await client.ReplaceKeyAsync(use, new KeyReplacement { Replaces = current?.Fingerprint ?? "", Reason = reason }, cancellationToken));
    });

    private static KeyLine LineOf(EvidenceKey key) => new(key.Use, key.Generation, key.Fingerprint, key.Since, key.FromSize, key.IsCurrent, key.PublicKeyPem);
}
