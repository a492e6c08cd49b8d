using Watchbill.Kernel;

namespace Watchbill.Integrity;

/// <summary>Every "no" that the evidence log may answer.</summary>
public static class IntegrityRefusals
{
    public static Refusal NotSealed(long id) => new(RefusalKind.NotFound, "audit-event-not-sealed", $"Audit event {id} is not in the evidence log. A server puts events in within seconds.");

    public static Refusal NoSuchTile() => new(RefusalKind.NotFound, "log-tile-not-found", "The evidence log has no such tile, or not so many hashes or entries in it yet.");

    public static Refusal NoCheckpoint(string file) => new(RefusalKind.Invalid, "checkpoint-unreadable", $"There is no checkpoint in {file}: give a file of at most 4,000 characters that holds one.");

    public static Refusal BadSizes() => new(RefusalKind.Invalid, "log-sizes-invalid", "Name two sizes of the evidence log, 1 or more, the earlier one first, and no size that it does not have yet.");

    public static Refusal KeyReplaced(string current) => new(
        RefusalKind.Conflict, "evidence-key-replaced", $"That is not the key that signs now: its fingerprint is {current}. Look at the keys again before you replace one.");

    public static Refusal NoReason() => new(RefusalKind.Invalid, "key-reason-needed", "Say why the key is replaced, in 1 to 500 characters on one line; the reason is kept in the audit log.");

    public static Refusal NoSuchUse() => new(RefusalKind.NotFound, "evidence-key-not-found", "There are keys for log and for statements.");
}
