using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Watchbill.Contracts.Connectors;

namespace Watchbill.Contracts.Client;

/// <summary>Connectors.</summary>
public sealed class ConnectorsClient
{
    private readonly ApiTransport _transport;

    internal ConnectorsClient(ApiTransport transport) => _transport = transport;

    /// <summary>All connectors, by name.</summary>
    public Task<IReadOnlyList<Connector>> ListAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Connector>>("connectors", cancellationToken);

    /// <summary>A connector and how it stands.</summary>
    public Task<Connector> FindAsync(long connector, CancellationToken cancellationToken) => _transport.GetAsync<Connector>(Path(connector), cancellationToken);

    /// <summary>Names of applications that connectors stand for.</summary>
    public Task<IReadOnlyList<string>> ApplicationsAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<string>>("applications", cancellationToken);

    /// <summary>Who can look after connectors.</summary>
    public Task<IReadOnlyList<PossibleOwner>> OwnersAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<PossibleOwner>>("owners", cancellationToken);

    /// <summary>Tries a connection out and saves nothing.</summary>
    public Task<Preflight> TryAsync(PreflightInput input, CancellationToken cancellationToken) => _transport.PostAsync<Preflight>("preflight", input, cancellationToken);

    /// <summary>Tries a connection out and saves it.</summary>
    public Task<SavedConnector> CreateAsync(NewConnector connector, CancellationToken cancellationToken) => _transport.PostAsync<SavedConnector>("connectors", connector, cancellationToken);

    /// <summary>Replaces what is decided about a connector.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="version">The version that was read; when it is another one by now, this is refused with <see cref="ProblemCodes.IfMatchFailed"/>.</param>
    /// <param name="settings">All of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Connector> EditAsync(long connector, long version, ConnectorSettings settings, CancellationToken cancellationToken) =>
        _transport.SendAsync<Connector>(new Outgoing(HttpMethod.Put, Path(connector)) { Body = settings, Version = version }, cancellationToken);

    /// <summary>Tries another token out and puts it in place of the old one.</summary>
    public Task<SavedConnector> RotateTokenAsync(long connector, NewToken token, CancellationToken cancellationToken) =>
        _transport.PostAsync<SavedConnector>($"{Path(connector)}/token", token, cancellationToken);

    /// <summary>Lets no sync start until it is resumed.</summary>
    public Task<Connector> PauseAsync(long connector, CancellationToken cancellationToken) => _transport.PostAsync<Connector>($"{Path(connector)}/pause", body: null, cancellationToken);

    /// <summary>Lets syncs start again.</summary>
    public Task<Connector> ResumeAsync(long connector, CancellationToken cancellationToken) => _transport.PostAsync<Connector>($"{Path(connector)}/resume", body: null, cancellationToken);

    /// <summary>Removes a connector, its token and its runs; what it read and the audit log are kept.</summary>
    public Task RemoveAsync(long connector, RemovalQuery confirmation, CancellationToken cancellationToken) =>
        _transport.SendAsync(new Outgoing(HttpMethod.Delete, Path(connector) + ApiTransport.QueryOf(confirmation)), cancellationToken);

    /// <summary>The requests that a sync would send.</summary>
    public Task<Plan> PlanAsync(long connector, CancellationToken cancellationToken) => _transport.GetAsync<Plan>($"{Path(connector)}/plan", cancellationToken);

    /// <summary>Every part of the organization, as far as it was read.</summary>
    public Task<IReadOnlyList<ConnectorScope>> ScopesAsync(long connector, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<ConnectorScope>>($"{Path(connector)}/scopes", cancellationToken);

    /// <summary>Asks for a run; the server begins it within seconds.</summary>
    public Task<Connector> RequestSyncAsync(long connector, SyncQuery query, CancellationToken cancellationToken) =>
        _transport.PostAsync<Connector>($"{Path(connector)}/sync{ApiTransport.QueryOf(query)}", body: null, cancellationToken);

    /// <summary>How the connector stands, whenever that changes; ends after some minutes, when the caller may ask again.</summary>
    public async IAsyncEnumerable<Connector> WatchAsync(long connector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var outgoing = new Outgoing(HttpMethod.Get, $"{Path(connector)}/events") { Accept = "text/event-stream" };
        using var answer = await _transport.SendAsync(outgoing, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var events = SseParser.Create(stream, static (_, data) => JsonSerializer.Deserialize(data, ContractsJson.Default.Connector));
        await foreach (var item in events.EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } standing)
            {
                yield return standing;
            }
        }
    }

    private static string Path(long connector) => $"connectors/{connector}";
}
