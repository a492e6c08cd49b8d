namespace Watchbill.Bench.Simulated;

/// <summary>The organization and the limits of the simulated Sentry.</summary>
internal sealed record BenchSize(int Members, int Teams, int Projects)
{
    /// <summary>Requests a second and window, as observed on sentry.io.</summary>
    public const int RequestsPerSecond = 40;

    /// <summary>Requests at once, as observed on sentry.io.</summary>
    public const int Concurrent = 25;

    /// <summary>What every answer takes at least.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    /// <summary>The size that must stay pleasant on one node.</summary>
    public static BenchSize Full { get; } = new(10_000, 1_000, 5_000);

    /// <summary>A small company.</summary>
    public static BenchSize Small { get; } = new(1_000, 100, 500);

    /// <summary>As large as Sentry's organizations become.</summary>
    public static BenchSize Large { get; } = new(50_000, 5_000, 20_000);

    /// <summary>What measures it.</summary>
    public string Command => this == Large ? "bench/run --size 50k" : this == Small ? "bench/run --size 1k" : "bench/run";

    public static BenchSize Smoke { get; } = new(300, 40, 120);

    public static BenchSize Parse(string[] numbers) => new(int.Parse(numbers[0]), int.Parse(numbers[1]), int.Parse(numbers[2]));

    public override string ToString() => $"{Members:N0} members, {Teams:N0} teams, {Projects:N0} projects";
}
