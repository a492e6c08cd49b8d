using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Access.Logged;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>How much work a read was so far.</summary>
internal sealed record ReadEffort(int Requests, int Answered, int Predicted, int Retries, int RateLimited)
{
    /// <inheritdoc cref="RequestMeter.ClockSkew"/>
    public TimeSpan ClockSkew { get; init; }
}

/// <summary>Opens the way to a connector's organization for a run.</summary>
internal sealed class SentrySource(SentryClients clients, LoggedStore logged, OpenFactsStore open, TimeProvider clock)
{
    public OpenSource Open(ConnectorRow connector, ReadRequest request)
    {
        var meter = new RequestMeter(clock);
        return new OpenSource(clients.Open(connector, meter), request, meter, logged, open, clock);
    }
}

/// <summary>One read of one organization.</summary>
internal sealed class OpenSource : IDisposable
{
    private readonly SentryClient _client;
    private readonly RequestMeter _meter;
    private readonly RequestPlan _plan;
    private readonly OrganizationReader _reader;

    public OpenSource(SentryClient client, ReadRequest request, RequestMeter meter, LoggedStore logged, OpenFactsStore open, TimeProvider clock)
    {
        _client = client;
        _meter = meter;
        _plan = new RequestPlan(request);
        _reader = new OrganizationReader(client, request, meter, _plan, logged, open, clock);
    }

    /// <summary>Sentry's id of the organization; null when it could not be read.</summary>
    public string? OrganizationId => _reader.OrganizationId;

    /// <inheritdoc cref="OrganizationReader.Choice"/>
    public ReadChoice? Choice => _reader.Choice;

    /// <inheritdoc cref="OrganizationReader.VouchedAt"/>
    public DateTimeOffset? VouchedAt => _reader.VouchedAt;

    /// <summary>Writes a reading for every scope it tried and completes the channel; failures are readings, not exceptions.</summary>
    public Task ReadAsync(ChannelWriter<ScopeReading> readings, CancellationToken cancellationToken) => _reader.ReadAsync(readings, cancellationToken);

    /// <summary>Only asks the audit log what a run would read; null when nothing can be read at all.</summary>
    public Task<ReadChoice?> LookAsync(CancellationToken cancellationToken) => _reader.LookAsync(cancellationToken);

    public ReadEffort Effort()
    {
        var statistics = _client.Statistics;
        return new ReadEffort(_meter.Total, _meter.Answered, _plan.Predicted, (int)statistics.Retries, (int)statistics.RateLimited) { ClockSkew = _meter.ClockSkew };
    }

    public void Dispose() => _client.Dispose();
}
