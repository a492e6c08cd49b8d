using Microsoft.Extensions.DependencyInjection;
using Watchbill.Integrity;
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
}
