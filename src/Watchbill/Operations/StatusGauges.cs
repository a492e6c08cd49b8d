using System.Diagnostics.Metrics;
using Watchbill.Kernel;

namespace Watchbill.Operations;

/// <summary>The last status that was read, as gauges. Every node shows the same database: take the largest of them, not the sum.</summary>
public sealed class StatusGauges
{
    private volatile SystemStatus? _last;

    /// <summary>Registers the gauges; they show nothing until the first status is there.</summary>
    public StatusGauges()
    {
        Telemetry.Meter.CreateObservableGauge("watchbill.queue.length", () => Queues(static queue => queue.Count), "{item}", "What waits to be done, by queue.");
        Telemetry.Meter.CreateObservableGauge("watchbill.queue.age", () => Queues(queue => AgeOf(queue.Since)), "s", "How long the oldest of a queue waits.");
        Telemetry.Meter.CreateObservableGauge("watchbill.store.size", () => Of(static status => status.StoreBytes), "By", "The size of the database.");
        Telemetry.Meter.CreateObservableGauge("watchbill.nodes", () => Of(static status => status.Nodes.LongCount(static node => node.IsAlive)), "{node}", "Processes on this database that live.");
        Telemetry.Meter.CreateObservableGauge("watchbill.sources", Sources, "{source}", "Sources, by state.");
        Telemetry.Meter.CreateObservableGauge("watchbill.sentry.remaining", Remaining, "{request}", "Requests that an organization's window had left, as this node saw it, by source.");
    }

    /// <summary>Shows another status from now on.</summary>
    public void Show(SystemStatus status) => _last = status;

    private double AgeOf(DateTimeOffset? since) => since is { } from && _last is { } status ? Math.Max(0, (status.At - from).TotalSeconds) : 0;

    private IEnumerable<Measurement<T>> Queues<T>(Func<QueueStatus, T> value)
        where T : struct => _last is { } status ? status.Queues.Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("queue", Word.Of(queue.Queue)))) : [];

    private IEnumerable<Measurement<long>> Of(Func<SystemStatus, long> value) => _last is { } status ? [new Measurement<long>(value(status))] : [];

    private IEnumerable<Measurement<long>> Sources() => _last is { } status
        ? status.Sources.GroupBy(static source => source.State).Select(static group => new Measurement<long>(group.LongCount(), Telemetry.State(group.Key)))
        : [];

    private IEnumerable<Measurement<long>> Remaining() => _last is { } status
        ? status.Sources.Where(static source => source.Limits?.Remaining is not null).Select(static source => new Measurement<long>(source.Limits!.Remaining!.Value, new KeyValuePair<string, object?>("source", source.Connector.Value)))
        : [];
}
