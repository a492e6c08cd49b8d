using System.Text;

namespace Watchbill.Compliance.Artifacts;

/// <summary>What a file is, by its first bytes. Names lie; and what could act in a browser is never called what it is.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly (byte[] Start, string Type)[] Known =
    [
        ([.. "%PDF-"u8], "application/pdf"),
        ([0x89, .. "PNG\r\n"u8, 0x1a, 0x0a], "image/png"),
        ([0xff, 0xd8, 0xff], "image/jpeg"),
        ([.. "GIF87a"u8], "image/gif"),
        ([.. "GIF89a"u8], "image/gif"),
        ([.. "PK\u0003\u0004"u8], "application/zip"),
        ([0x1f, 0x8b], "application/gzip"),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "application/x-ole-storage"),
    ];

    public static string Of(byte[] content)
    {
        var known = Known.FirstOrDefault(one => content.AsSpan().StartsWith(one.Start)).Type;
        return known ?? (IsText(content) ? "text/plain" : Unknown);
    }

    /// <summary>Whether it is UTF-8 without control characters but those that texts have.</summary>
    public static bool IsText(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).All(static letter => !char.IsControl(letter) || letter is '\n' or '\r' or '\t' or '\f');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
