using System.CommandLine;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.People;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill login</c>: gets an API token for this program by a link that somebody signed in opens.</summary>
internal static class LoginCommand
{
    public static Command Create(CommandHost host) => host.Handle(
        new DocumentedCommand("login", "Sign this program in to a server: open the link it shows in a browser and compare the code")
        {
            Examples = ["./watchbill login --server https://watchbill.example.com"],
        },
        RunAsync);

    private static async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var server = context.Server ?? throw new BadInputException($"Say which server, with --server URL or ${ServerChoice.ServerVariable}.");
        using var http = server.Connect(token: null, context.Say);
        var devices = new WatchbillClient(http).Devices;
        var waiting = await devices.StartAsync(new NewDevice { Client = ClientName() }, cancellationToken);
        context.Say($"Open this in a browser where you are signed in: {waiting.Page}");
        context.Say($"and compare the code: {waiting.UserCode}. It works until {((Cell)waiting.ExpiresAt).ForPeople()} UTC.");
        var token = await CollectAsync(devices, waiting, context, cancellationToken);
        KeptLogins.Of(context.Terminal).Keep(server.Address, new KeptLogin(token.Text, token.Name, token.ExpiresAt));
        context.Say($"Signed in to {server.Address} as '{token.Name}' until {((Cell)token.ExpiresAt).ForPeople()} UTC, with the rights {Listing.And([.. token.Rights])}.");
        return ExitCode.Ok;
    }

    /// <summary>Asks until somebody has decided, at the pace the server wants.</summary>
    private static async Task<DeviceToken> CollectAsync(DevicesClient devices, WaitingDevice waiting, CommandContext context, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(waiting.PauseSeconds);
        while (true)
        {
            await Task.Delay(pause, context.Terminal.Clock, cancellationToken);
            try
            {
                return await devices.CollectAsync(new DeviceCollection { DeviceCode = waiting.DeviceCode }, cancellationToken);
            }
            catch (WatchbillApiException refused) when (refused.Code is "device-login-pending")
            {
                // Nobody has decided yet.
            }
            catch (WatchbillApiException refused) when (refused.Code is "device-login-slow-down")
            {
                pause += TimeSpan.FromSeconds(1);
            }
        }
    }

    private static string ClientName()
    {
        var name = $"watchbill on {Environment.MachineName}";
        return name.Length > 100 ? name[..100] : name;
    }
}
