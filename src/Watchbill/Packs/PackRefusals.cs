using Watchbill.Kernel;

namespace Watchbill.Packs;

/// <summary>Every "no" that evidence packs may answer.</summary>
public static class PackRefusals
{
    public static Refusal BadPeriod(int days) => new(RefusalKind.Invalid, "pack-period-invalid", $"A period begins before it ends, ends now at the latest, and has at most {days:N0} days.");

    public static Refusal NoRun() => new(RefusalKind.Conflict, "pack-without-run", "The checks were not run before the end of this period. Run them, or choose a later end.");

    public static Refusal BadSources(int most) => new(RefusalKind.Invalid, "pack-sources-invalid", $"Choose 1 to {most} sources.");

    /// <summary>Why one source of several has no pack.</summary>
    public static Refusal SourceNotPacked(string source, Refusal why) => new(RefusalKind.Conflict, "pack-source-refused", $"There is no pack of {source}, so none of the others: {why.Message}");

    public static Refusal Changed(CheckRunId run) => new(
        RefusalKind.Conflict, "pack-run-changed", $"What is stored of run {run} of the checks is not what was sealed in the log: rows were changed. No pack is made of it; run: watchbill evidence verify-log.");

    public static Refusal ArtifactChanged(string sha256) => new(
        RefusalKind.Conflict, "pack-artifact-changed", $"What lies under the hash {sha256} of an artifact is not what was recorded: the database was changed. Restore it from a backup.");

    public static Refusal TooLarge() => new(RefusalKind.Invalid, "pack-too-large", "The pack would have more than 4 GB or 65,000 files. Choose a shorter period.");

    public static Refusal NotIntact() => new(RefusalKind.Conflict, "pack-not-intact", "The pack is not as it was written; nothing is drawn from it. See: watchbill evidence verify.");

    public static Refusal NoSuchList(string list) => new(RefusalKind.NotFound, "pack-list-not-found", $"The pack has no list {list}. Lists are named as in its columns.csv, for example populations/members.");

    public static Refusal NoSuchColumn(string column) => new(RefusalKind.NotFound, "pack-column-not-found", $"The list has no column {column}. Name one with instants, for example since.");

    public static Refusal BadSample(int most, int longest) => new(
        RefusalKind.Invalid, "sample-invalid", $"A sample has 1 to {most:N0} rows; the engagement and the control are named in 1 to {longest} characters without | and line ends.");

    public static Refusal NoPack(string path) => new(RefusalKind.NotFound, "pack-not-found", $"There is no file or folder {path}.");

    public static Refusal NotMade(string problem) => new(RefusalKind.Unavailable, "pack-not-written", $"The pack could not be written: {problem} Make room and try again.");
}
