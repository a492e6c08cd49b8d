using System.Collections.Concurrent;

namespace Watchbill.Sentry.Simulator;

/// <summary>Every API request the simulator answered, in the order of the answers. Control requests are not in it. Keeps the last 100,000.</summary>
public sealed class RequestLog
{
    private const int Capacity = 100_000;

    private readonly ConcurrentQueue<LoggedRequest> entries = new();
    private readonly ConcurrentDictionary<string, int> byRoute = new(StringComparer.Ordinal);
    private int tooMany;
    private int total;

    public IReadOnlyList<LoggedRequest> Entries => [.. entries];

    /// <summary>Number of requests since the start or the last <see cref="Clear"/>, dropped entries included.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Number of 429 answers.</summary>
    public int TooManyRequests => Volatile.Read(ref tooMany);

    /// <summary>Counts by method and route pattern, such as <c>GET /api/0/organizations/{organization}/members/</c>.</summary>
    public IReadOnlyDictionary<string, int> ByRoute => byRoute;

    public void Clear()
    {
        entries.Clear();
        byRoute.Clear();
        Interlocked.Exchange(ref tooMany, 0);
        Interlocked.Exchange(ref total, 0);
    }

    internal void Add(LoggedRequest request)
    {
        entries.Enqueue(request);
        byRoute.AddOrUpdate($"{request.Method} {request.Route}", 1, static (_, count) => count + 1);
        Interlocked.Increment(ref total);
        if (request.Status == 429)
        {
            Interlocked.Increment(ref tooMany);
        }

        if (entries.Count > Capacity)
        {
            entries.TryDequeue(out _);
        }
    }
}

/// <summary>One answered request.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Route">Pattern of the route, or the path where no route matched.</param>
/// <param name="Path">Path and query as sent.</param>
/// <param name="Status">0 when the connection was cut on purpose.</param>
public sealed record LoggedRequest(DateTimeOffset At, string Method, string Route, string Path, int Status)
{
    public TimeSpan Took { get; init; }

    /// <summary>Region that was called, or null for the base host.</summary>
    public string? Host { get; init; }

    /// <summary>Text of an exception inside the simulator, else null.</summary>
    public string? Error { get; init; }
}
