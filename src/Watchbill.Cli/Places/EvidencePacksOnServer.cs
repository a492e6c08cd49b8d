using Watchbill.Contracts.Client;
using Watchbill.Kernel;
using Watchbill.Packs;

namespace Watchbill.Cli.Places;

/// <summary>Evidence packs of a server.</summary>
internal sealed class EvidencePacksOnServer(EvidencePackClient client) : IEvidencePacks
{
    public Task<Result<MadePack>> MakeAsync(PackRequest request, string folder, CancellationToken cancellationToken) => WatchbillOnServer.AskAsync(async () =>
    {
        var path = Path.Combine(folder, $".{Path.GetRandomFileName()}.part");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            var choice = new PackChoice(request.Framework, request.From, request.To, request.Controls);
            var (sha256, key) = await client.DownloadAsync(request.Connector.Value, choice, file, cancellationToken);
            return new MadePack(Path.GetFileName(path), path, file.Length, sha256, key);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    });
}
