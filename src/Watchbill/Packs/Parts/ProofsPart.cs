using System.Globalization;
using Watchbill.Integrity;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>What shows of single events, each by itself, that they are in the log: of the run of the checks, and of every file that was recorded.</summary>
internal static class ProofsPart
{
    public const string Folder = "data/proofs/";
    public const string End = ".tlog-proof";

    public static async Task WriteAsync(PackWriter pack, PackScope scope, IEnumerable<PackStore.SealedEvent> events, CheckpointRow checkpoint)
    {
        var run = scope.Run.Id.ToString();
        foreach (var one in events.Where(one => one.Event is { SubjectKind: "check-run" } ? one.Event.SubjectId == run : one.Event is { SubjectKind: "artifact", Action: "artifact-recorded" }))
        {
            await pack.AddAsync(Folder + one.Index.ToString(CultureInfo.InvariantCulture) + End, await LogProofText.OfAsync(scope.Session, one.Index, checkpoint, scope.CancellationToken));
        }
    }
}
