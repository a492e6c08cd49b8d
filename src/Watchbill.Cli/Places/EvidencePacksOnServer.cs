using Watchbill.Contracts.Client;
using Watchbill.Kernel;
using Watchbill.Packs;

namespace Watchbill.Cli.Places;

/// <summary>Evidence packs of a server.</summary>
internal sealed class EvidencePacksOnServer(EvidencePackClient client) : IEvidencePacks
{
    public Task<Result<MadePack>> MakeAsync(PackRequest request, string folder, CancellationToken cancellationToken) => DownloadAsync(
        folder, file => client.DownloadAsync(request.Connector.Value, new PackChoice(request.Framework, request.From, request.To, request.Controls), file, cancellationToken));

    public Task<Result<MadePack>> MakeAsync(PackSetRequest request, string folder, CancellationToken cancellationToken) => DownloadAsync(
        folder, file => client.DownloadSetAsync([.. request.Connectors.Select(static id => id.Value)], new PackChoice(request.Framework, request.From, request.To, request.Controls), file, cancellationToken));

    private static Task<Result<MadePack>> DownloadAsync(string folder, Func<FileStream, Task<(string Sha256, string KeyFingerprint)>> download) => WatchbillOnServer.AskAsync(async () =>
    {
        var path = Path.Combine(folder, $".{Path.GetRandomFileName()}.part");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            var (sha256, key) = await download(file);
            return new MadePack(Path.GetFileName(path), path, file.Length, sha256, key);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    });
}
