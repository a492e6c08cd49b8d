using Watchbill.Cli.Serving;
using Watchbill.Server;

namespace Watchbill.Cli.Demo;

/// <summary>The web console on the demonstration's database, until the person ends it.</summary>
internal sealed class DemoConsole(CommandContext context, DemoPlace place)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(DemoHistory.Read(place.HistoryFile)?.ConsolePort ?? 0, cancellationToken);
        if (DemoHistory.Read(place.HistoryFile) is { } history)
        {
            (history with { ConsolePort = server.Listening.Port }).Write(place.HistoryFile);
        }

        context.Say("");
        foreach (var line in (await EntryLinks.DemoAsync(server, context.Caller, cancellationToken)).Split('\n'))
        {
            context.Say(line);
        }

        await server.RunAsync(cancellationToken);
    }

    /// <summary>At the port of the last time; at a free one when somebody else has it now.</summary>
    private async Task<WatchbillServer> StartAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            return await ConsoleServer.StartAsync(OptionsAt(port), cancellationToken);
        }
        catch (BadInputException) when (port != 0)
        {
            return await ConsoleServer.StartAsync(OptionsAt(0), cancellationToken);
        }
    }

    private ServerOptions OptionsAt(int port) => new()
    {
        Database = place.Database.Address,
        KeyFolder = place.Database.KeyFolder,
        Listen = new Uri($"http://127.0.0.1:{port}"),
        Settings = ConsoleServer.Settings(context.Terminal),
        LogToConsole = false,
    };
}
