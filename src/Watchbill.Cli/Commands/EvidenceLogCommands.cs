using System.CommandLine;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Integrity;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill evidence log</c> and <c>verify-log</c>: proof that what was written down is as it was.</summary>
internal static class EvidenceLogCommands
{
    private const int LongestCheckpoint = 4000;

    private static readonly IReadOnlyList<Column<string>> FindingColumns = [new("finding", "What is not as it was", static one => one)];

    private static readonly IReadOnlyList<Column<LogLine>> LogColumns =
    [
        new("origin", "Log", static one => one.Origin),
        new("size", "Entries", static one => one.Size),
        new("sealedAt", "Signed", static one => one.SealedAt),
        new("verifierKey", "Key", static one => one.VerifierKey) { IsOptional = true },
        new("checkpoint", null, static one => one.Checkpoint),
    ];

    public static Command Log(CommandHost host)
    {
        var raw = new Option<bool>("--checkpoint") { Description = "Write only the last signed checkpoint, for whoever keeps it" };
        return host.Handle(new DocumentedCommand("log", "The log that proves the audit log: its size, its key, its last signed checkpoint") { raw }, async (context, cancellationToken) =>
        {
            var log = await context.Watchbill.EvidenceLog.StandingAsync(cancellationToken);
            if (!log.Succeeded)
            {
                return context.Refuse(log.Refusal!);
            }

            if (context.Value(raw))
            {
                await host.Terminal.Output.WriteAsync(log.Value.Checkpoint);
                return ExitCode.Ok;
            }

            return context.Show(new Sheet<LogLine>(LogColumns, [log.Value]) { Headline = $"{log.Value.Size:N0} audit events are sealed." });
        });
    }

    public static Command Verify(CommandHost host)
    {
        var kept = new Option<FileInfo?>("--kept") { Description = "A file with a checkpoint that somebody kept, to compare with too", HelpName = "file" };
        var command = new DocumentedCommand("verify-log", "Compute the whole log anew and compare it with everything that was signed, and with the audit events; ends with 9 when something differs")
        {
            Examples = ["./watchbill evidence verify-log", "./watchbill evidence verify-log --kept checkpoint-of-march.txt"],
        };
        command.Add(kept);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            string? checkpoint = null;
            if (context.Value(kept) is { } file)
            {
                if (!file.Exists || file.Length > LongestCheckpoint)
                {
                    return context.Refuse(IntegrityRefusals.NoCheckpoint(file.Name));
                }

                checkpoint = await File.ReadAllTextAsync(file.FullName, cancellationToken);
            }

            var found = await context.Watchbill.EvidenceLog.VerifyAsync(checkpoint, cancellationToken);
            if (!found.Succeeded)
            {
                return context.Refuse(found.Refusal!);
            }

            var shown = context.Show(SheetOf(found.Value));
            return shown is ExitCode.Ok && !found.Value.IsIntact ? ExitCode.Tampered : shown;
        });
    }

    private static Sheet<string> SheetOf(VerificationLine found) => new(FindingColumns, found.Findings)
    {
        Headline = found.IsIntact
            ? $"Intact: {found.Size:N0} entries, {Listing.Count(found.Checkpoints, "signed checkpoint")}, and every audit event is as it was written."
            : $"NOT intact: {Listing.Count(found.Findings.Count, "finding")}, {found.Unsealed:N0} events that are not sealed.",
        About = [("size", found.Size), ("root", found.Root), ("checkpoints", found.Checkpoints), ("unsealed", found.Unsealed), ("isIntact", found.IsIntact)],
        WhenEmpty = "Nothing differs.",
    };
}
