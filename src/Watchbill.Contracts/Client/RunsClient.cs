using Watchbill.Contracts.Connectors;

namespace Watchbill.Contracts.Client;

/// <summary>Sync runs.</summary>
public sealed class RunsClient
{
    private readonly ApiTransport _transport;

    internal RunsClient(ApiTransport transport) => _transport = transport;

    /// <summary>A part of the runs of a connector, newest first.</summary>
    public Task<Page<Run>> ListAsync(long connector, PageQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<Run>>($"connectors/{connector}/runs", query, cancellationToken);

    /// <summary>A run.</summary>
    public Task<Run> FindAsync(long run, CancellationToken cancellationToken) => _transport.GetAsync<Run>($"runs/{run}", cancellationToken);

    /// <summary>What a run did with each scope.</summary>
    public Task<IReadOnlyList<RunScope>> ScopesAsync(long run, CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<RunScope>>($"runs/{run}/scopes", cancellationToken);

    /// <summary>What a held run would change.</summary>
    public Task<Difference> DifferenceAsync(long run, CancellationToken cancellationToken) => _transport.GetAsync<Difference>($"runs/{run}/difference", cancellationToken);

    /// <summary>The first facts of each kind that a held run would end or begin.</summary>
    public Task<IReadOnlyList<DifferenceFact>> DifferenceFactsAsync(long run, DifferenceQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<DifferenceFact>>($"runs/{run}/difference/facts", query, cancellationToken);

    /// <summary>Applies exactly what a held run read.</summary>
    public Task<Run> ConfirmAsync(long run, CancellationToken cancellationToken) => _transport.PostAsync<Run>($"runs/{run}/confirm", body: null, cancellationToken);

    /// <summary>Drops what a held run read.</summary>
    public Task<Run> RejectAsync(long run, Rejection rejection, CancellationToken cancellationToken) => _transport.PostAsync<Run>($"runs/{run}/reject", rejection, cancellationToken);
}
