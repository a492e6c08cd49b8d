namespace Watchbill.Sentry;

/// <summary>How a <see cref="SentryClient"/> reaches Sentry and how much of it it may use.</summary>
public sealed record SentryClientOptions
{
    /// <summary>The installation, best made with <see cref="SentryAddress.Parse"/>. The token goes to this origin and to no stranger.</summary>
    public required Uri BaseAddress { get; init; }

    public required SentryToken Token { get; init; }

    /// <summary>The part of Sentry's rate limit this client may use, 0.05 to 1. <value>Default 0.7, so that others who share the bucket still get through.</value></summary>
    public double BudgetShare { get; init; } = 0.7;

    /// <summary>The most requests in flight at once, whatever Sentry would allow. <value>Default 25.</value></summary>
    public int MaxConcurrency { get; init; } = 25;

    /// <summary>The longest one attempt may take, from sending to the last byte of the answer. <value>Default 60 seconds.</value></summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest all attempts of one request may take with the pauses between them; no pause is started that would end later. <value>Default 5 minutes.</value></summary>
    public TimeSpan RetryDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a read is tried in all. <value>Default 5.</value></summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The largest answer in bytes, counted after decompression. <value>Default 64 MiB.</value></summary>
    public long MaxResponseBytes { get; init; } = 64L << 20;

    /// <summary>The most pages one listing may have; more is an error, never a silent end. <value>Default 10,000.</value></summary>
    public int MaxPages { get; init; } = 10_000;

    /// <summary>
    /// Allows loopback and private addresses. <value>Default false.</value> Needed for an installation inside the own network; link-local and
    /// cloud metadata addresses stay refused.
    /// </summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Uses the proxy named by the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>). <value>Default true.</value> Behind a proxy, names are resolved by the proxy, which then has to guard private addresses.</summary>
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
