using Watchbill.Compliance.Artifacts;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>The files that people recorded as evidence, each under its hash.</summary>
internal static class ArtifactsPart
{
    /// <exception cref="ArtifactChangedException">What lies under a hash does not have it.</exception>
    public static async Task WriteAsync(PackWriter pack, PackScope scope)
    {
        foreach (var sha256 in await PackStore.ArtifactsAsync(scope))
        {
            var name = $"data/evidence/sha256/{sha256[..2]}/{sha256}";
            await pack.AddAsync(name, await ArtifactStore.ContentAsync(scope.Session, sha256, scope.CancellationToken) ?? []);
            if (pack.Sha256Of(name) != sha256)
            {
                throw new ArtifactChangedException(sha256);
            }
        }
    }
}

/// <summary>What lies under a hash does not have it.</summary>
internal sealed class ArtifactChangedException(string sha256) : Exception($"What lies under {sha256} was changed.")
{
    public string Sha256 { get; } = sha256;
}
