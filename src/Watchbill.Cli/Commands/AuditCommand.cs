using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Integrity;
using Watchbill.Operations.AuditExport;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill audit export</c>: what was done in Watchbill, as lines of JSON for other tools.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("audit", "What was done in Watchbill, for other tools") { Export(host) };

    private static Command Export(CommandHost host)
    {
        var from = new Option<long>("--from") { Description = "Begin with this entry of the evidence log: the last one that you have, and one more", HelpName = "number", DefaultValueFactory = static _ => 0 };
        var form = new Option<AuditForm>("--form") { Description = "ocsf (Open Cybersecurity Schema Framework 1.6) or plain", HelpName = "ocsf|plain", DefaultValueFactory = static _ => AuditForm.Ocsf }
            .AcceptingChoices(AuditForm.Ocsf, AuditForm.Plain);
        var command = new DocumentedCommand("export", "Write audit events as lines of JSON, oldest first, each with the number of its entry in the evidence log")
        {
            Examples = ["./watchbill audit export > audit.jsonl", "./watchbill audit export --from 1200 --form plain"],
        };
        command.Add(from);
        command.Add(form);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            context.RefuseServer("watchbill audit export");
            await context.Get<SealLog>().RunAsync(cancellationToken);
            var feed = context.Get<AuditFeed>();
            var next = context.Value(from);
            while (true)
            {
                var events = await feed.ReadAsync(next, AuditFeed.MostAtOnce, context.Caller, cancellationToken);
                if (!events.Succeeded)
                {
                    return context.Refuse(events.Refusal!);
                }

                if (events.Value.Count == 0)
                {
                    return ExitCode.Ok;
                }

                foreach (var one in events.Value)
                {
                    await context.Terminal.Output.WriteLineAsync(AuditFeed.Line(one, context.Value(form)));
                }

                next = events.Value[^1].Index + 1;
            }
        });
    }
}
