using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>The ledger's refusals.</summary>
internal static class LedgerRefusals
{
    public static Refusal ClockWentBack(StagedScope mark, DateTimeOffset lastCompleteAt) => new(
        RefusalKind.Conflict,
        "clock-went-back",
        $"The scope {mark.Scope} was read at {mark.ReadAt:O}, but the ledger already holds a read of {lastCompleteAt:O}. Set this machine's clock, then sync again.");
}
