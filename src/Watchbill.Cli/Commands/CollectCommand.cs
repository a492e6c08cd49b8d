using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill collect</c>: reads evidence beside access.</summary>
internal sealed class CollectCommand
{
    private readonly Argument<string?> _connector = ConnectorsCommand.Argument();
    private readonly Option<string[]> _kinds = EvidenceCommand.KindsOption("--kind", "Only this kind; may be given several times [default: all that need no issue]");
    private readonly Option<string?> _issue = Names.Text("--issue", "The issue whose activity and events to read, by number or short id", "issue");
    private readonly Option<bool> _acceptLoss = new("--accept-loss") { Description = "Accept that more than half of what was known may be gone" };

    public static Command Create(CommandHost host)
    {
        var self = new CollectCommand();
        var command = new DocumentedCommand("collect", "Collect evidence beside access: issues, releases, alerts, settings, usage")
        {
            Examples = ["./watchbill collect", "./watchbill collect acme --kind issues --kind releases", "./watchbill collect --issue CHECKOUT-1A"],
        };
        command.Add(self._connector);
        command.Add(self._kinds);
        command.Add(self._issue);
        command.Add(self._acceptLoss);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(context.Value(_connector), cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        IReadOnlyList<EvidenceKind> kinds = [.. (context.Value(_kinds) ?? []).Select(static name => EvidenceKinds.Find(name)!.Kind)];
        var wanted = new WantedEvidence(kinds, context.Value(_issue), context.Value(_acceptLoss));
        var collected = await context.Watchbill.CollectAsync(connector.Value, wanted, cancellationToken);
        if (!collected.Succeeded)
        {
            return context.Refuse(collected.Refusal!);
        }

        var shown = context.Show(EvidenceSheets.Collections(collected.Value));
        return shown is ExitCode.Ok && collected.Value.Any(static one => one.State is not CollectionState.Complete) ? ExitCode.Incomplete : shown;
    }
}
