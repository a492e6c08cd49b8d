using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>The ways by which data leaves an organization: forwarders, relays and service hooks.</summary>
internal sealed class GeneratedOutlets(EvidenceSource source)
{
    public IReadOnlyList<DataForwarder> Forwarders { get; } = ForwardersOf(source);

    public IReadOnlyList<RelayUse> Relays { get; } =
    [
        .. Enumerable.Range(0, 2).Select(index => new RelayUse(
            source.Guid("relay", index),
            $"26.{index + 1}.0",
            source.Hex("relay-key", index, 43),
            source.Today.AddDays(-200),
            source.Today.AddDays(-60 * index))),
    ];

    /// <summary>One hook in every third project.</summary>
    public IReadOnlyList<ServiceHook> HooksOf(Project project) => source.PlaceOf.TryGetValue(project.Id, out var place) && place % 3 == 0
        ? [new ServiceHook(source.Hex("hook", place, 32), "https://hooks.example.com/sentry/" + source.Slugs[place], source.Hex("hook-secret", place, 64), project.DateCreated.AddDays(1))]
        : [];

    private static DataForwarder[] ForwardersOf(EvidenceSource source)
    {
        var queue = new Dictionary<string, string>
        {
            ["queue_url"] = "https://queue.example.com/events.fifo",
            ["region"] = "example-1",
            ["access_key"] = "EXAMPLE" + source.Hex("forward-key", 0, 12),
            ["secret_key"] = source.Hex("forward-secret", 0, 40),
        };
        var stream = new Dictionary<string, string> { ["write_key"] = source.Hex("forward-write", 0, 32) };
        return
        [
            new DataForwarder(source.FirstId + 1, "sqs", true, queue, source.Today.AddDays(-100)) { EnrollsNewProjects = true },
            new DataForwarder(source.FirstId + 2, "segment", false, stream, source.Today.AddDays(-20)) { Projects = [.. source.Projects.Take(2)] },
        ];
    }
}
