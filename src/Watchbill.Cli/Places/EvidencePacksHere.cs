using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>Evidence packs of the database at hand.</summary>
internal sealed class EvidencePacksHere(IServiceProvider services, Caller caller) : IEvidencePacks
{
    public Task<Result<MadePack>> MakeAsync(PackRequest request, string folder, CancellationToken cancellationToken) =>
        services.GetRequiredService<BuildPack>().RunAsync(request, folder, caller, cancellationToken);

    public Task<Result<MadePack>> MakeAsync(PackSetRequest request, string folder, CancellationToken cancellationToken) =>
        services.GetRequiredService<BuildPackSet>().RunAsync(request, folder, caller, cancellationToken);
}
