using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>Verifies a set of packs: the bag around them, and each of them as if it came alone, signed by the key of the set.</summary>
internal sealed class VerifyPackSet
{
    private const int MostFindings = 100;

    private readonly PackFiles _files;
    private readonly List<string> _findings = [];

    public VerifyPackSet(PackFiles files) => _files = files;

    /// <summary>Whether these are the files of a set.</summary>
    public static bool IsSet(PackFiles files) => files.Digests.Keys.Any(static name => name.StartsWith(PackSetPart.Folder, StringComparison.Ordinal));

    /// <inheritdoc cref="VerifyPack.Run(PackFiles, string)"/>
    public PackVerification Run(string? fingerprint)
    {
        var keys = new PackBag(_files, Find).Verify(fingerprint);
        List<PackVerification> packs = [];
        foreach (var name in _files.Digests.Keys.Where(static name => name.StartsWith(PackSetPart.Folder, StringComparison.Ordinal)))
        {
            packs.Add(VerifyOne(name, keys?.Current.Fingerprint));
        }

        var last = packs.Where(static pack => pack.StampedAt is not null).MaxBy(static pack => pack.StampedAt);
        return new PackVerification
        {
            Findings = _findings,
            Packs = packs.Count,
            Files = _files.Digests.Count + packs.Sum(static pack => pack.Files),
            Bytes = _files.Bytes,
            Statements = packs.Sum(static pack => pack.Statements),
            Events = packs.Sum(static pack => pack.Events),
            LogSize = packs.Max(static pack => pack.LogSize),
            Timestamps = packs.Sum(static pack => pack.Timestamps),
            StampedAt = last?.StampedAt,
            StampedBy = last?.StampedBy,
            KeyFingerprint = keys?.Current.Fingerprint,
            EndorsedBy = keys?.EndorserOf(fingerprint),
            LogOrigin = packs[0].LogOrigin,
        };
    }

    /// <summary>A pack is read from its first byte to its last, here and there: it is taken out of the set for that.</summary>
    private PackVerification VerifyOne(string name, string? fingerprint)
    {
        var path = Path.Combine(Path.GetTempPath(), $"watchbill-{Path.GetRandomFileName()}.zip");
        try
        {
            using (var packed = _files.Open(name)!)
            using (var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                packed.CopyTo(copy);
            }

            using var files = new ZipFiles(path);
            if (IsSet(files))
            {
                Find($"{name} is a set of packs and no pack.");
                return new PackVerification { Findings = [] };
            }

            var found = VerifyPack.Run(files, fingerprint);
            foreach (var finding in found.Findings)
            {
                Find($"{name}: {finding}");
            }

            return found;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Find(string sentence)
    {
        if (_findings.Count < MostFindings)
        {
            _findings.Add(sentence);
        }
    }
}
