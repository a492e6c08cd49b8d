using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Watchbill.Console.Assets;

/// <summary>
/// The console's own files: style, script, icon. They lie inside the assembly; an address holds a digest of the content, so a browser may keep
/// them for ever and still gets the new ones after an upgrade.
/// </summary>
public sealed class ConsoleAssets
{
    /// <summary>Where they are served.</summary>
    public const string Root = "/assets/";

    private const string Prefix = "assets/";
    private const int DigestLength = 12;

    private readonly FrozenDictionary<string, ConsoleAsset> _byName;

    /// <summary>Reads the files.</summary>
    public ConsoleAssets()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        _byName = assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(static name => name[Prefix.Length..], name => Read(assembly.GetManifestResourceStream(name)!, name[Prefix.Length..]), StringComparer.Ordinal);
    }

    /// <summary>The address of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string Url(string name) => $"{Root}{_byName[name].Digest}/{name}";

    /// <summary>The file; null when there is none of this name.</summary>
    internal ConsoleAsset? Find(string name) => _byName.GetValueOrDefault(name);

    private static ConsoleAsset Read(Stream stream, string name)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var digest = Convert.ToHexStringLower(SHA256.HashData(content))[..DigestLength];
            return new ConsoleAsset(content, digest, ContentTypeOf(name));
        }
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No content type is known for {other}."),
    };
}

/// <summary>One file: its bytes, the digest in its address, its type.</summary>
internal sealed record ConsoleAsset(byte[] Content, string Digest, string ContentType);
