using System.Globalization;
using System.Text;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>The proofs of single entries in a pack, each computed anew.</summary>
internal static class PackProofs
{
    /// <summary>Compares all of them with the entries and with the checkpoint.</summary>
    public static void Verify(PackFiles files, KeyChain? keys, IReadOnlyDictionary<long, string> entries, Action<string> find)
    {
        var note = files.ReadText(LogPart.Checkpoint);
        var checkpoint = note is null || keys is null ? null : Checkpoint.Read(note, keys);
        foreach (var name in files.Digests.Keys.Where(static name => name.StartsWith(ProofsPart.Folder, StringComparison.Ordinal)))
        {
            var number = name.EndsWith(ProofsPart.End, StringComparison.Ordinal) ? name[ProofsPart.Folder.Length..^ProofsPart.End.Length] : "";
            var isNumbered = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
            if (checkpoint is null || !isNumbered || files.ReadText(name) is not { } text || !entries.TryGetValue(index, out var entry)
                || !LogProofText.Shows(text, index, MerkleHashes.Leaf(Encoding.UTF8.GetBytes(entry)), checkpoint, note!))
            {
                find($"{name} does not show that its entry is in the log.");
            }
        }
    }
}
