using System.Globalization;
using System.Text;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>What a bag says of itself.</summary>
/// <param name="Name">The folder that it lies in.</param>
/// <param name="Organization">Of whom it is.</param>
/// <param name="At">The end of its period.</param>
internal sealed record BagLabel(string Name, string Organization, DateTimeOffset At);

/// <summary>What makes a pack, or a set of packs, a bag (RFC 8493), and the signatures over its manifest.</summary>
internal static class TagsPart
{
    /// <param name="pack">What was written.</param>
    /// <param name="label">What it says of itself.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="statement">What is said of these files.</param>
    public static async Task WriteAsync(PackWriter pack, BagLabel label, SigningKey key, Func<IEnumerable<(string Name, string Sha256)>, byte[]> statement)
    {
        var manifest = Encoding.UTF8.GetBytes(Manifest(pack.Digests));
        var payload = string.Create(CultureInfo.InvariantCulture, $"{pack.Bytes}.{pack.Digests.Count()}");
        await pack.AddAsync(BagFiles.Bagit, BagFiles.BagitText);
        await pack.AddAsync(BagFiles.BagInfo, $"External-Identifier: {label.Name}\nSource-Organization: {label.Organization}\nBagging-Date: {label.At.UtcDateTime:yyyy-MM-dd}\nPayload-Oxum: {payload}\n");
        await pack.AddAsync(BagFiles.Manifest, manifest);
        await pack.AddAsync(BagFiles.Signature, SshSignature.Sign(key, KeysPart.Purpose, manifest));
        await pack.AddAsync(StatementsPart.Manifest, DsseEnvelope.Sign(key, statement(((string[])[BagFiles.Manifest, BagFiles.Bagit, BagFiles.BagInfo]).Select(file => (file, pack.Sha256Of(file))))));
        await pack.AddAsync(BagFiles.TagManifest, Manifest(pack.Digests.Where(static file => !BagFiles.IsPayload(file.Name))));
    }

    private static string Manifest(IEnumerable<(string Name, string Sha256)> files) =>
        string.Concat(files.OrderBy(static file => file.Name, StringComparer.Ordinal).Select(static file => $"{file.Sha256}  {file.Name}\n"));
}
