using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Cli.Output;
using Watchbill.Cli.Support;
using Watchbill.Operations;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill doctor</c>: finds and explains what is wrong, and collects what somebody who helps needs to see.</summary>
internal sealed class DoctorCommand
{
    private static readonly IReadOnlyList<Column<Finding>> Columns =
    [
        new("level", "", static one => Mark(one.Level)),
        new("area", "About", static one => one.Area) { IsWhole = true },
        new("finding", "Found", static one => one.Sentence),
        new("remedy", "What to do", static one => one.Remedy),
    ];

    private readonly Option<bool> _deep = new("--deep") { Description = "Look through the whole database too: SQLite's own check, and the evidence log computed anew" };
    private readonly Option<FileInfo?> _bundle = new("--bundle") { Description = "Write what somebody who helps needs to see into this ZIP file; it holds no secret and no name of a person", HelpName = "file" };

    public static Command Create(CommandHost host)
    {
        var self = new DoctorCommand();
        var command = new DocumentedCommand("doctor", "Find and explain what is wrong: database, keys, settings, servers, sources, queues")
        {
            Examples = ["./watchbill doctor", "./watchbill doctor --deep --bundle support.zip"],
        };
        command.Add(self._deep);
        command.Add(self._bundle);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.RefuseServer("watchbill doctor");
        var database = context.Database;
        List<Finding> findings = [.. Examination.OfPlace(database), .. Examination.OfSettings(context.Terminal)];
        var unusable = await Examination.OfDatabaseAsync(database, cancellationToken);
        findings.AddRange(unusable);
        await using var product = unusable.All(static finding => finding.Level is not FindingLevel.Bad) ? database.Compose() : null;
        if (product is not null)
        {
            findings.AddRange((await product.GetRequiredService<Doctor>().RunAsync(context.Value(_deep), context.Caller, cancellationToken)).Value);
        }

        IReadOnlyList<string> notes = [];
        if (context.Value(_bundle) is { } file)
        {
            await SupportBundle.WriteAsync(file.FullName, findings, product, context, cancellationToken);
            notes = [$"Wrote {file.FullName}: findings, status, versions, names of settings, runs with codes and counts. Look into it before you send it on."];
        }

        var bad = findings.Count(static finding => finding.Level is FindingLevel.Bad);
        var code = context.Show(new Sheet<Finding>(Columns, findings)
        {
            Headline = bad == 0 ? "Nothing is broken." : $"{bad} of {findings.Count} things that were looked at {(bad == 1 ? "is" : "are")} broken.",
            Notes = notes,
        });
        return bad == 0 ? code : ExitCode.Refused;
    }

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Good => "ok",
        FindingLevel.Warning => "look",
        FindingLevel.Bad => "bad",
    };
}
