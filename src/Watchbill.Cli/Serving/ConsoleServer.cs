using System.Net;
using System.Net.Sockets;
using Watchbill.Server;

namespace Watchbill.Cli.Serving;

/// <summary>Starts the server and says in a sentence when that does not work.</summary>
internal static class ConsoleServer
{
    /// <summary>Environment variables that begin so are the server's settings.</summary>
    private const string Prefix = "WATCHBILL_";

    /// <exception cref="BadInputException">The port is taken, the address is not this machine's, or a setting is wrong.</exception>
    public static async Task<WatchbillServer> StartAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        Probe(options.Listen);
        try
        {
            return await WatchbillServer.StartAsync(options, configure: null, cancellationToken);
        }
        catch (ServerSettingsException exception)
        {
            throw new BadInputException($"{exception.Message} In the environment their names begin with {Prefix}.");
        }
    }

    /// <summary>Asks for the port before anything is started: the host would log a page of insides instead of a sentence.</summary>
    private static void Probe(Uri listen)
    {
        var address = listen.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(listen.Host.Trim('[', ']'));
        using var listener = new TcpListener(address, listen.Port);
        try
        {
            listener.Start();
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new BadInputException($"Port {listen.Port} is taken by another program, perhaps another Watchbill. Choose another one with --listen http://{listen.Host}:PORT.");
        }
        catch (SocketException)
        {
            throw new BadInputException($"Watchbill cannot listen at {listen}: this machine has no such address, or this account may not use the port.");
        }
    }

    /// <summary>The settings in the environment: <c>WATCHBILL_SMTP_HOST</c> is <c>SMTP_HOST</c>, and two underscores stand for a colon.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(Terminal terminal) => terminal.Variables()
        .Where(static variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(static variable => variable.Key[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), static variable => variable.Value, StringComparer.OrdinalIgnoreCase);
}
