using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Serving;
using Watchbill.Server;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill serve</c>: the console, the API and the schedules, until it is told to end.</summary>
internal sealed class ServeCommand
{
    private const string ListenVariable = "WATCHBILL_LISTEN";
    private const string DrainVariable = "WATCHBILL_DRAIN_SECONDS";
    private const string ParallelVariable = "WATCHBILL_PARALLEL_SYNCS";
    private const string PublicVariable = "WATCHBILL_PUBLIC_ADDRESS";

    private readonly Option<string?> _listen = new Option<string?>("--listen")
    {
        Description = $"Where to listen; port 0 takes a free one [default: ${ListenVariable}, else {ServeSettings.Default}]",
        HelpName = "address",
    }.WithText("address", TextRules.Name);

    private readonly Option<string?> _public = PublicAddressOption();

    private readonly Option<bool> _noEvidence = new("--no-evidence") { Description = "Read access only, and collect no evidence by itself" };

    /// <summary>The option of every command that writes links to a server.</summary>
    public static Option<string?> PublicAddressOption() => new Option<string?>("--public-address")
    {
        Description = $"Under which address people reach it, for links [default: ${PublicVariable}, else where it listens]",
        HelpName = "address",
    }.WithText("public address", TextRules.Name);

    /// <summary>Under which address people reach the server of this machine.</summary>
    public static Uri AddressForPeople(CommandContext context, Option<string?> option) =>
        ServeSettings.Public(context.Value(option) ?? context.Terminal.Variable(PublicVariable)) ?? ServeSettings.Listen(context.Terminal.Variable(ListenVariable) ?? ServeSettings.Default);

    public static Command Create(CommandHost host)
    {
        var self = new ServeCommand();
        var command = new DocumentedCommand("serve", "Run the web console and read the connected organizations on their schedules, until Ctrl+C")
        {
            Examples =
            [
                "./watchbill serve",
                "./watchbill serve --listen http://0.0.0.0:8484 --public-address https://watchbill.example.com",
                "./watchbill serve --demo",
            ],
        };
        command.Add(self._listen);
        command.Add(self._public);
        command.Add(self._noEvidence);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.RefuseServer("watchbill serve");
        var database = context.Database;
        var options = new ServerOptions
        {
            Database = database.Address,
            KeyFolder = database.KeyFolder,
            Listen = ServeSettings.Listen(context.Value(_listen) ?? context.Terminal.Variable(ListenVariable) ?? ServeSettings.Default),
            PublicAddress = ServeSettings.Public(context.Value(_public) ?? context.Terminal.Variable(PublicVariable)),
            Collects = !context.Value(_noEvidence),
            Drain = ServeSettings.Drain(context.Terminal.Variable(DrainVariable)),
            Settings = ConsoleServer.Settings(context.Terminal),
        };
        if (ServeSettings.ParallelSyncs(context.Terminal.Variable(ParallelVariable)) is { } syncs)
        {
            options = options with { ParallelSyncs = syncs };
        }

        await using var server = await ConsoleServer.StartAsync(options, cancellationToken);
        await context.Terminal.Output.WriteLineAsync($"Watchbill answers at {server.Address} (Ctrl+C ends it).");
        await context.Terminal.Output.FlushAsync(cancellationToken);
        if (await EntryLinks.SetUpAsync(server, context.Caller, CancellationToken.None) is { } first)
        {
            await context.Terminal.Output.WriteLineAsync(first);
        }

        await context.Terminal.Output.FlushAsync(CancellationToken.None);
        if (!server.Listening.IsLoopback && options.PublicAddress is not { Scheme: "https" })
        {
            context.Say("Everybody on the network can reach it, without encryption. Put a reverse proxy with https before it and name its address with --public-address.");
        }

        await server.RunAsync(cancellationToken);
        context.Say("Ending; runs under way go on at the next start.");
        return ExitCode.Ok;
    }
}
