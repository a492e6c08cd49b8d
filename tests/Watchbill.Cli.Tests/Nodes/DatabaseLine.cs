using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>The network between one node and the database: it can be cut, and mended again.</summary>
internal sealed class DatabaseLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly EndPoint _server;
    private volatile bool _isCut;

    public DatabaseLine(string host, int port)
    {
        _server = new DnsEndPoint(host, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the node believes the database to be.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends what is open and lets nothing new through.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>Lets everything through again.</summary>
    public void Mend() => _isCut = false;

    public ValueTask DisposeAsync()
    {
        Cut();
        _listener.Dispose();
        return default;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var node = await _listener.AcceptSocketAsync();
                _ = JoinAsync(node);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task JoinAsync(Socket node)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[node] = _open[server] = 0;
        try
        {
            if (!_isCut)
            {
                await server.ConnectAsync(_server);
                using var there = new NetworkStream(server);
                using var here = new NetworkStream(node);
                await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            node.Dispose();
            _open.TryRemove(node, out _);
            _open.TryRemove(server, out _);
        }
    }
}
