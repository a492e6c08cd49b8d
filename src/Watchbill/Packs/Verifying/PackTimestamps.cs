using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Integrity.Timestamps;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>The timestamps in a pack: each is about a checkpoint that the log's key signed and that the entries give, and is signed by a certificate that comes from those in the pack.</summary>
internal sealed class PackTimestamps(PackFiles files, KeyChain? keys, Action<string> find)
{
    private readonly List<string> _tokens = [.. files.Digests.Keys.Where(static name => name.StartsWith(TimestampsPart.Folder, StringComparison.Ordinal) && name.EndsWith(TimestampsPart.TokenEnd, StringComparison.Ordinal))];

    /// <summary>The sizes of the log that they are about.</summary>
    public IReadOnlySet<long> Sizes { get; } = files.Digests.Keys.Select(SizeOf).OfType<long>().ToHashSet();

    /// <summary>Compares all of them with the log as it was computed anew.</summary>
    /// <returns>What the authority said, oldest first.</returns>
    public IReadOnlyList<Timestamp> Verify(IReadOnlyDictionary<long, byte[]> roots)
    {
        List<Timestamp> good = [];
        var anchors = AnchorsOf(files.ReadText(TimestampsPart.Certificates));
        foreach (var name in _tokens)
        {
            var note = SizeOf(name) is { } size ? files.Read(TimestampsPart.NameOf(size, TimestampsPart.CheckpointEnd)) : null;
            var checkpoint = note is null || keys is null ? null : Checkpoint.Read(Encoding.UTF8.GetString(note), keys);
            if (checkpoint is null || checkpoint.Size != SizeOf(name) || !roots.TryGetValue(checkpoint.Size, out var root) || !root.AsSpan().SequenceEqual(checkpoint.Root))
            {
                find($"{name} is about no checkpoint of this log.");
            }
            else if (files.Read(name) is not { } token || Timestamp.Read(token, note, anchors) is not { } stamp)
            {
                find($"{name} is not a time authority's token about its checkpoint, or its certificate does not come from {TimestampsPart.Certificates}.");
            }
            else
            {
                good.Add(stamp);
            }
        }

        return [.. good.OrderBy(static stamp => stamp.At)];
    }

    private X509Certificate2Collection? AnchorsOf(string? pem)
    {
        try
        {
            return pem is null ? null : TimestampOptions.CertificatesOf(pem);
        }
        catch (CryptographicException)
        {
            find($"{TimestampsPart.Certificates} holds no certificates.");
            return [];
        }
    }

    private static long? SizeOf(string name) =>
        name.StartsWith(TimestampsPart.Folder, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(TimestampsPart.Folder.Length, Math.Max(0, name.LastIndexOf('.') - TimestampsPart.Folder.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
