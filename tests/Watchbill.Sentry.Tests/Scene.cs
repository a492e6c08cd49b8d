using Microsoft.AspNetCore.Http;
using Watchbill.Testing;

namespace Watchbill.Sentry.Tests;

/// <summary>A scripted server and a client that talks to it, with everything the client reported.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>A token of the right shape that no server knows. Tests look for it where it must not be.</summary>
    public const string Secret = "sntryu_0000000000000000000000000000000000000000000000000000000000000a1b";

    private readonly List<SentryExchange> _exchanges = [];

    private Scene(ScriptedServer server, Func<SentryClientOptions, SentryClientOptions>? adjust)
    {
        Server = server;
        var options = new SentryClientOptions
        {
            BaseAddress = server.Address,
            Token = SentryToken.Parse(Secret),
            AllowPrivateNetworks = true,
            UseEnvironmentProxy = false,
            MaxAttempts = 1,
            Log = exchange =>
            {
                lock (_exchanges)
                {
                    _exchanges.Add(exchange);
                }
            },
        };
        Client = new(adjust?.Invoke(options) ?? options);
    }

    public ScriptedServer Server { get; }

    public SentryClient Client { get; }

    public IReadOnlyList<SentryExchange> Exchanges
    {
        get
        {
            lock (_exchanges)
            {
                return [.. _exchanges];
            }
        }
    }

    /// <summary>Reads are tried once unless <paramref name="adjust"/> says otherwise.</summary>
    public static async Task<Scene> StartAsync(RequestDelegate answer, Func<SentryClientOptions, SentryClientOptions>? adjust = null) =>
        new(await ScriptedServer.StartAsync(answer), adjust);

    public static async Task<Scene> StartAsync(RequestDelegate[] answers, Func<SentryClientOptions, SentryClientOptions>? adjust = null) =>
        new(await ScriptedServer.StartAsync(answers), adjust);

    /// <summary>A client for an address that no scene stands behind; reads are tried once.</summary>
    public static SentryClient ClientAt(string address, bool allowPrivateNetworks = true) => new(new()
    {
        BaseAddress = SentryAddress.Parse(address),
        Token = SentryToken.Parse(Secret),
        AllowPrivateNetworks = allowPrivateNetworks,
        UseEnvironmentProxy = false,
        MaxAttempts = 1,
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
