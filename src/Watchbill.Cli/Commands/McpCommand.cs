using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Assistants;
using Watchbill.Cli.Places;
using Watchbill.Contracts.Client;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill mcp</c>: what assistants on this machine start, to ask a server as whoever signed in here.</summary>
internal static class McpCommand
{
    public static Command Create(CommandHost host) => host.Handle(
        new DocumentedCommand("mcp", "Answer an assistant over standard input and output (Model Context Protocol), with your own rights on a server")
        {
            Examples = ["./watchbill mcp --server https://watchbill.example.com"],
        },
        RunAsync);

    private static async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var server = context.Server ?? throw new BadInputException($"Assistants ask a server: say which, with --server URL or ${ServerChoice.ServerVariable}.");
        using var http = server.Connect(server.ReadToken(context.Terminal), context.Say);

        // Standard output speaks the protocol and nothing else.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new WatchbillClient(http));
        builder.Services.AddAssistantServer().WithStdioServerTransport();
        using var assistants = builder.Build();
        await assistants.RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
