namespace Watchbill.Sentry;

/// <summary>How a <see cref="SentryClient"/> reaches Sentry and how much of it it may use.</summary>
public sealed record SentryClientOptions
{
    /// <summary>The installation, best made with <see cref="SentryAddress.Parse"/>. The token goes to this origin and to no stranger.</summary>
    public required Uri BaseAddress { get; init; }

    public required SentryToken Token { get; init; }

    /// <summary>What this client shares with others of the same organization and token; null for a budget of its own, made of the two settings below.</summary>
    public SentryBudget? Budget { get; init; }

    /// <summary>Somebody waits for the answers: the requests go before those of other clients with the same <see cref="Budget"/>.</summary>
    public bool GoesFirst { get; init; }

    /// <summary>The part of Sentry's rate limit this client may use, 0.05 to 1.</summary>
    /// <value>Default 0.7, so that others who share the bucket still get through.</value>
    public double BudgetShare { get; init; } = 0.7;

    /// <summary>The most requests in flight at once, whatever Sentry would allow.</summary>
    /// <value>Default 25.</value>
    public int MaxConcurrency { get; init; } = 25;

    /// <summary>The longest one attempt may take, from sending to the last byte of the answer.</summary>
    /// <value>Default 60 seconds.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest all attempts of one request may take with the pauses between them; no pause is started that would end later.</summary>
    /// <value>Default 5 minutes.</value>
    public TimeSpan RetryDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a read is tried in all.</summary>
    /// <value>Default 5.</value>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The largest answer in bytes, counted after decompression.</summary>
    /// <value>Default 64 MiB.</value>
    public long MaxResponseBytes { get; init; } = 64L << 20;

    /// <summary>The most pages one listing may have; more is an error, never a silent end.</summary>
    /// <value>Default 10,000.</value>
    public int MaxPages { get; init; } = 10_000;

    /// <summary>
    /// Allows loopback and private addresses, for an installation inside the own network. Link-local and cloud metadata addresses stay refused.
    /// </summary>
    /// <value>Default false.</value>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>
    /// Uses the proxy named by the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>). Behind a proxy, names are resolved by the proxy, which then has
    /// to guard private addresses.
    /// </summary>
    /// <value>Default true.</value>
    public bool UseEnvironmentProxy { get; init; } = true;

    public string UserAgent { get; init; } = "watchbill";

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told about every attempt, from any thread; it must be quick and must not throw.</summary>
    public Action<SentryExchange>? Log { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    internal SentryClientOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BudgetShare, 0.05, nameof(BudgetShare));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BudgetShare, 1, nameof(BudgetShare));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrency, 1, nameof(MaxConcurrency));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1, nameof(MaxAttempts));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPages, 1, nameof(MaxPages));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResponseBytes, 1024, nameof(MaxResponseBytes));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero, nameof(RequestTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryDeadline, TimeSpan.Zero, nameof(RetryDeadline));
        return this with { BaseAddress = SentryAddress.Normalize(SentryAddress.Check(BaseAddress)) };
    }
}
