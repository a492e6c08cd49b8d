using Microsoft.Extensions.DependencyInjection;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>The evidence log of the database at hand. What no server sealed yet is sealed first.</summary>
internal sealed class EvidenceLogHere(IServiceProvider services, Caller caller) : IEvidenceLog
{
    public async Task<Result<LogLine>> StandingAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SealLog>().RunAsync(cancellationToken);
        return (await services.GetRequiredService<ReadLog>().StandingAsync(caller, cancellationToken))
            .Select(static log => new LogLine(log.Origin, log.Size, log.SealedAt, log.Checkpoint, log.VerifierKey));
    }

    public async Task<Result<VerificationLine>> VerifyAsync(string? checkpoint, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SealLog>().RunAsync(cancellationToken);
        return (await services.GetRequiredService<VerifyLog>().RunAsync(checkpoint, caller, cancellationToken))
            .Select(static found => new VerificationLine(found.Size, found.Root, found.Checkpoints, found.Unsealed, found.Findings));
    }

    public async Task<Result<IReadOnlyList<KeyLine>>> KeysAsync(CancellationToken cancellationToken) =>
        (await services.GetRequiredService<EvidenceKeys>().ListAsync(caller, cancellationToken)).Select(static keys => (IReadOnlyList<KeyLine>)[.. keys.Select(LineOf)]);

    public async Task<Result<KeyLine>> ReplaceKeyAsync(string use, string reason, CancellationToken cancellationToken)
    {
        var keys = services.GetRequiredService<EvidenceKeys>();
        var all = await keys.ListAsync(caller, cancellationToken);
        return !all.Succeeded ? all.Refusal!
            : all.Value.FirstOrDefault(key => key.IsCurrent && WordOf(key) == use) is not { } current ? IntegrityRefusals.NoSuchUse()
            : (await keys.ReplaceAsync(current.Use, current.Fingerprint, reason, caller, cancellationToken)).Select(LineOf);
    }

    private static string WordOf(EvidenceKey key) => key.Use is KeyUse.Log ? "log" : "statements";

    private static KeyLine LineOf(EvidenceKey key) => new(WordOf(key), key.Generation, key.Fingerprint, key.Since, key.FromSize, key.IsCurrent, key.Pem);
}
