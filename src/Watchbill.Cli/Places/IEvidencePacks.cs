using Watchbill.Kernel;
using Watchbill.Packs;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about evidence packs, wherever Watchbill is.</summary>
internal interface IEvidencePacks
{
    /// <summary>Has a pack made; it lies in the folder under a name of its own until the command moves it.</summary>
    Task<Result<MadePack>> MakeAsync(PackRequest request, string folder, CancellationToken cancellationToken);

    /// <summary>Has a set of packs made, of several sources; it lies in the folder as a pack does.</summary>
    Task<Result<MadePack>> MakeAsync(PackSetRequest request, string folder, CancellationToken cancellationToken);
}
