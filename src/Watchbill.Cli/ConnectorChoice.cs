using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli;

/// <summary>Which connector a command means: the one that was named, else the only one there is.</summary>
internal static class ConnectorChoice
{
    public static async Task<Result<Connector>> ConnectorAsync(this CommandContext context, string? name, CancellationToken cancellationToken)
    {
        var all = await context.Watchbill.ConnectorsAsync(cancellationToken);
        if (!all.Succeeded)
        {
            return all.Refusal!;
        }

        if ((name ?? context.ConnectorName) is { } named)
        {
            return ConnectorQueries.Named(all.Value, named);
        }

        return all.Value switch
        {
            [] => new Refusal(RefusalKind.NotFound, "no-connector", "Nothing is connected yet. Connect a Sentry with: watchbill connect."),
            [var only] => only,
            var several => new Refusal(
                RefusalKind.Invalid,
                "connector-ambiguous",
                $"There are several connectors: {Listing.And([.. several.Select(static connector => connector.Name)])}. Say which with --connector NAME."),
        };
    }
}
