namespace Watchbill.Packs;

/// <summary>The files of a bag (BagIt 1.0, RFC 8493) beside its payload.</summary>
internal static class BagFiles
{
    public const string Bagit = "bagit.txt";
    public const string BagInfo = "bag-info.txt";
    public const string Manifest = "manifest-sha256.txt";
    public const string TagManifest = "tagmanifest-sha256.txt";
    public const string Signature = "manifest-sha256.txt.sig";
    public const string BagitText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    public static bool IsPayload(string name) => name.StartsWith("data/", StringComparison.Ordinal);
}
