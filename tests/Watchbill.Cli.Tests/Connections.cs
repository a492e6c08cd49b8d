using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests;

/// <summary>Connecting a simulated Sentry as a person would.</summary>
internal static class Connections
{
    /// <summary>The token of the integration that may read everything the ledger needs.</summary>
    public static string ReaderToken(this SimulatorServer server) =>
        server.World.Tokens.First(token => token.App?.Name == "Access Auditor" && token.Organization == server.World.Organizations[0]).Value;

    public static Task<Finished> ConnectAsync(CommandLine line, SimulatorServer server, string? token = null) => line.RunAsync(
        "connect", "--address", server.BaseAddress.ToString(), "--organization", "acme", "--allow-private-networks",
        "--token-file", line.FileWith("token.txt", token ?? server.ReaderToken()));
}
