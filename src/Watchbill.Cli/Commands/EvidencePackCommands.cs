using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.Packs.Verifying;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill evidence pack</c> and <c>verify</c>: everything about a framework and a period in one file that a stranger can verify.</summary>
internal static class EvidencePackCommands
{
    private static readonly IReadOnlyList<Column<string>> FindingColumns = [new("finding", "What is not as it was written", static one => one)];

    private static readonly IReadOnlyList<Column<Written>> PackColumns =
    [
        new("file", "File", static one => one.Path) { IsWhole = true },
        new("bytes", "Bytes", static one => one.Pack.Size),
        new("sha256", null, static one => one.Pack.Sha256),
        new("keyFingerprint", null, static one => one.Pack.KeyFingerprint),
    ];

    /// <summary>A pack at its place.</summary>
    private sealed record Written(string Path, MadePack Pack);

    public static Command Pack(CommandHost host)
    {
        var framework = new Argument<string>("framework") { Description = "The framework, for example soc2-tsc-2017-rev2022, or one of your own" }.WithText("framework", TextRules.Name);
        var connectors = new Argument<string[]>("connector") { Description = "Name or number; may be left out when there is only one. Several give one file with a pack of each", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Of every connector" };
        var from = Moments.CreateOption(host.Terminal.Clock, "--from", "What happened from this instant on: 2026-07-01, or how long ago (90d) [default: 92 days before the end]");
        var to = Moments.CreateOption(host.Terminal.Clock, "--to", "What happened before this instant; populations are as of then [default: now]");
        var controls = new Option<string[]>("--control") { Description = "Only this control, as the framework writes it; may be given several times", HelpName = "control" };
        var target = new Option<FileInfo?>("--out") { Description = "The file to write; it must not be there yet [default: a name that says what it is about, here]", HelpName = "file" };
        var command = new DocumentedCommand("pack", "Write an evidence pack: populations, checks, actions, exceptions, reviews, requests, statements, log and OSCAL, signed")
        {
            Examples = ["./watchbill evidence pack soc2-tsc-2017-rev2022 --from 2026-07-01 --to 2026-10-01", "./watchbill evidence pack iso-27001-2022-annex-a acme --control A.5.15 --out access.zip", "./watchbill evidence pack pci-dss-4.0.1 --all --out quarter.zip"],
        };
        command.Add(framework);
        command.Add(connectors);
        Array.ForEach<Option>([all, from, to, controls, target], command.Add);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var sources = await SourcesAsync(context, context.Value(all), context.Value(connectors) ?? [], cancellationToken);
            if (!sources.Succeeded)
            {
                return context.Refuse(sources.Refusal!);
            }

            var request = PackRequest.Of(sources.Value[0].Id, context.Value(framework), context.Value(from), context.Value(to), host.Terminal.Clock.GetUtcNow()) with { Controls = context.Value(controls) ?? [] };
            var wanted = context.Value(target);
            if (wanted is { Exists: true } || wanted?.Directory is { Exists: false })
            {
                throw new BadInputException($"{wanted.FullName} is there already, or its folder is not; nothing is overwritten.");
            }

            var folder = wanted?.DirectoryName ?? Directory.GetCurrentDirectory();
            var packs = context.Watchbill.EvidencePacks;
            var made = sources.Value.Count == 1 ? await packs.MakeAsync(request, folder, cancellationToken)
                : await packs.MakeAsync(PackSetRequest.Of([.. sources.Value.Select(static source => source.Id)], request), folder, cancellationToken);
            var about = sources.Value.Count == 1 ? sources.Value[0].OrganizationSlug : $"{sources.Value.Count}-sources";
            return made.Succeeded ? Keep(context, made.Value, wanted?.FullName ?? Path.Combine(folder, $"evidence-{about}-{request.Framework}-{request.To.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.zip")) : context.Refuse(made.Refusal!);
        });
    }

    private static async Task<Result<IReadOnlyList<Connector>>> SourcesAsync(CommandContext context, bool isAll, string[] named, CancellationToken cancellationToken)
    {
        if (isAll && named.Length > 0)
        {
            throw new BadInputException("Name connectors, or give --all.");
        }

        if (isAll)
        {
            var all = await context.Watchbill.ConnectorsAsync(cancellationToken);
            return all is { Succeeded: true, Value.Count: 0 } ? PackRefusals.BadSources(PackSetRequest.MostSources) : all;
        }

        List<Connector> sources = [];
        foreach (var name in named.DefaultIfEmpty(null))
        {
            var found = await context.ConnectorAsync(name, cancellationToken);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            sources.Add(found.Value);
        }

        return Result.Of<IReadOnlyList<Connector>>([.. sources.DistinctBy(static source => source.Id)]);
    }

    public static Command Verify(CommandHost host)
    {
        var pack = new Argument<string>("pack") { Description = "The pack, or the folder that it was unpacked to" };
        var key = new Option<string?>("--key") { Description = "The fingerprint that its key must have, or one before it that was replaced, as you were given it in another way than the pack", HelpName = "sha256" };
        var command = new DocumentedCommand("verify", "Verify an evidence pack: container, files, signatures, statements, log, events, OSCAL; needs no database; ends with 9 when something differs")
        {
            Examples = ["./watchbill evidence verify evidence-acme.zip", "./watchbill evidence verify ./unpacked --key 3f7a…"],
        };
        command.Add(pack);
        command.Add(key);
        return host.Handle(command, (context, _) =>
        {
            context.RefuseServer("watchbill evidence verify");
            var path = context.Value(pack);
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                return Task.FromResult(context.Refuse(PackRefusals.NoPack(path)));
            }

            var found = VerifyPack.Run(path, context.Value(key));
            var shown = context.Show(SheetOf(found, context.Value(key) is not null));
            return Task.FromResult(shown is ExitCode.Ok && !found.IsIntact ? ExitCode.Tampered : shown);
        });
    }

    private static ExitCode Keep(CommandContext context, MadePack made, string path)
    {
        try
        {
            File.Move(made.Path, path, overwrite: false);
        }
        catch (IOException taken)
        {
            File.Delete(made.Path);
            throw new BadInputException($"The pack could not be put at {path}: {taken.Message}");
        }

        return context.Show(new Sheet<Written>(PackColumns, [new Written(path, made)])
        {
            Headline = $"Written and verified: SHA-256 {made.Sha256}",
            Notes = [$"Its key has the fingerprint {made.KeyFingerprint}. Hand that over in another way than the pack.", "It holds names and addresses of people: keep it accordingly."],
        });
    }

    private static Sheet<string> SheetOf(PackVerification found, bool isKeyKnown) => new(FindingColumns, found.Findings)
    {
        Headline = found.IsIntact
            ? $"Intact: {(found.Packs > 0 ? $"{Listing.Count(found.Packs, "pack")}, " : "")}{Listing.Count(found.Files, "file")}, {Listing.Count(found.Statements, "statement")}, {Listing.Count(found.Events, "audit event")} in a log of {found.LogSize:N0} entries.{(found.StampedAt is { } stamped ? $" It was there on {stamped.UtcDateTime:yyyy-MM-dd HH:mm} UTC at the latest, says {found.StampedBy}." : "")}"
            : $"NOT intact: {Listing.Count(found.Findings.Count, "finding")}.",
        Notes = found.EndorsedBy is { } earlier ? [$"Signed by the key {found.KeyFingerprint}, which the key that you named, {earlier}, made its successor."]
            : isKeyKnown || found.KeyFingerprint is null ? [] : [$"Signed by the key {found.KeyFingerprint}. Compare it with what you were given in another way, or give it with --key."],
        About =
        [
            ("packs", found.Packs), ("files", found.Files), ("bytes", found.Bytes), ("statements", found.Statements), ("events", found.Events), ("logSize", found.LogSize), ("timestamps", found.Timestamps), ("stampedAt", found.StampedAt), ("stampedBy", found.StampedBy), ("keyFingerprint", found.KeyFingerprint), ("endorsedBy", found.EndorsedBy), ("log", found.LogOrigin),
            ("isIntact", found.IsIntact),
        ],
        WhenEmpty = "Nothing differs.",
    };
}
