using System.Security.Cryptography;
using Watchbill.Packs;

namespace Watchbill.Tests.Packs;

/// <summary>What somebody does who changes an unpacked pack and knows what a bag is.</summary>
internal static class TamperedBag
{
    /// <summary>Writes the manifests anew, so that what is found is found by something else.</summary>
    public static void Rewrite(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal).ToList();
        File.WriteAllText(Path.Combine(folder, BagFiles.Manifest), ManifestOf(files.Where(BagFiles.IsPayload)));
        File.WriteAllText(Path.Combine(folder, BagFiles.TagManifest), ManifestOf(files.Where(static file => !BagFiles.IsPayload(file) && file != BagFiles.TagManifest)));

        string ManifestOf(IEnumerable<string> names) => string.Concat(names.Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))))}  {name}\n"));
    }
}
