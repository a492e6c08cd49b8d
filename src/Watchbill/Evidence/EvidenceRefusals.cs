using Watchbill.Kernel;

namespace Watchbill.Evidence;

/// <summary>What this feature refuses.</summary>
internal static class EvidenceRefusals
{
    public static Refusal AlreadyCollecting(EvidenceDefinition kind) =>
        new(RefusalKind.Conflict, "already-collecting", $"{kind.Title} are being collected already. Wait until that ended.");

    public static Refusal NoSuchKind(string name) =>
        new(RefusalKind.NotFound, "no-such-evidence", $"There is no kind of evidence \"{name}\". There are {string.Join(", ", EvidenceKinds.All.Select(static info => info.Name))}.");

    public static Refusal BadPage() =>
        new(RefusalKind.Invalid, "bad-page", $"A page begins at 0 or later and holds 1 to {EvidenceQuestion.MostRows} rows.");

    public static Refusal NoSuchRecord(EvidenceDefinition kind, string key) =>
        new(RefusalKind.NotFound, "no-such-record", $"Nothing called \"{key}\" was collected among {kind.Title.ToLowerInvariant()}.");
}
