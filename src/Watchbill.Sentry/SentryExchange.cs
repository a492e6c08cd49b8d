namespace Watchbill.Sentry;

/// <summary>One attempt of one request, for logs and run reports. It never holds the token, a body, or a search text.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with the paging part of the query; other query values are left out because they may name people.</param>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="Duration">From sending to the last byte read.</param>
/// <param name="Waited">Time spent before sending: own pace, concurrency, and the pause after a failed attempt.</param>
/// <param name="Bytes">Bytes of the body after decompression.</param>
/// <param name="Failure">Why the attempt failed; null when it did not.</param>
public sealed record SentryExchange(
    string Method, string Path, int? Status, int Attempt, TimeSpan Duration, TimeSpan Waited, long Bytes, SentryFailureKind? Failure)
{
    /// <summary>The server's clock as the answer told it, to the second; null when it did not. A clock far off makes dates in evidence worthless.</summary>
    public DateTimeOffset? ServerTime { get; init; }
}
