namespace Watchbill.Sentry;

/// <summary>What a client has done so far; a copy taken at one moment.</summary>
/// <param name="Requests">Attempts sent, retries included.</param>
/// <param name="Retries">Attempts after the first.</param>
/// <param name="RateLimited">Answers with status 429.</param>
/// <param name="Waited">Time spent waiting before sending, added up over all callers.</param>
/// <param name="Bytes">Body bytes read, after decompression.</param>
/// <param name="LastLimits">The limits of the latest answer that named any; null when none did, as on self-hosted installations.</param>
public sealed record SentryStatistics(long Requests, long Retries, long RateLimited, TimeSpan Waited, long Bytes, SentryLimits? LastLimits);

/// <summary>Sentry's own rate-limit figures. Each is null when Sentry did not give it.</summary>
/// <param name="Limit">Requests per window.</param>
/// <param name="Remaining">Requests left in the window.</param>
/// <param name="Reset">When the window ends, on Sentry's clock.</param>
/// <param name="ConcurrentLimit">Requests allowed at once.</param>
/// <param name="ConcurrentRemaining">Requests that could start right now.</param>
public sealed record SentryLimits(int? Limit, int? Remaining, DateTimeOffset? Reset, int? ConcurrentLimit, int? ConcurrentRemaining);
