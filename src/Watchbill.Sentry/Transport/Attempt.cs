using System.Net;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Pacing;

namespace Watchbill.Sentry.Transport;

/// <summary>
/// One attempt: send, learn the limits, read the whole answer. Every failure leaves as <see cref="SentryException"/>; only a cancellation by the
/// caller passes through.
/// </summary>
internal sealed class Attempt(SentryClientOptions options, Wire wire, RateBudget budget, SentryRequest request)
{
    private const int LongestErrorBody = 64 << 10;
    private static readonly TimeSpan ShortestPauseAfterRefusal = TimeSpan.FromSeconds(1);

    public HttpStatusCode? Status { get; private set; }

    public long Bytes { get; private set; }

    public DateTimeOffset? ServerTime { get; private set; }

    public async Task<SentryAnswer<T>> RunAsync<T>(Uri host, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await ExchangeAsync(host, type, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.Timeout(request, options.RequestTimeout);
        }
        catch (BodyTooLargeException)
        {
            throw Failures.TooLarge(request, options.MaxResponseBytes);
        }
        catch (InvalidDataException)
        {
            throw Failures.Truncated(request);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Failures.Connection(request, host.Host, failure);
        }
    }

    private async Task<SentryAnswer<T>> ExchangeAsync<T>(Uri host, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using var response = await wire.SendAsync(request, host, cancellationToken);
        Status = response.StatusCode;
        var limits = RateHeaders.Read(response.Headers);
        ServerTime = response.Headers.Date;
        budget.Learn(limits, ServerTime);
        await using var stream = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), options.MaxResponseBytes);
        try
        {
            return response.IsSuccessStatusCode
                ? await ReadAsync(response, stream, type, cancellationToken)
                : throw Explain(response, limits, await ReadErrorAsync(stream, cancellationToken));
        }
        finally
        {
            Bytes = stream.BytesRead;
        }
    }

    private async Task<SentryAnswer<T>> ReadAsync<T>(
        HttpResponseMessage response, BoundedStream stream, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var (next, cursor) = LinkHeader.Parse(response.Headers.TryGetValues("Link", out var links) ? links : []);
        var body = response.StatusCode == HttpStatusCode.NoContent || (!request.IsRead && response.Content.Headers.ContentLength == 0) ? null : await BodyReader.ReadAsync(request, stream, type, cancellationToken);
        return new(body, response.StatusCode, next, cursor) { Whole = CountHeaders.Read(response.Headers) };
    }

    private async Task<ErrorBody> ReadErrorAsync(BoundedStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestErrorBody];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return ErrorBody.Parse(buffer.AsMemory(0, length), options.Token.Reveal());
    }

    private SentryException Explain(HttpResponseMessage response, SentryLimits? limits, ErrorBody body)
    {
        var pause = PauseAskedBy(response, limits);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            Refused(body, pause ?? ShortestPauseAfterRefusal);
        }
        return ErrorAnswer.Explain(request, response, body, pause);
    }

    private void Refused(ErrorBody body, TimeSpan pause)
    {
        if (RateHeaders.WindowIn(body.Detail) is { } window)
        {
            budget.LearnWindow(window);
        }
        budget.Block(pause);
    }

    /// <summary>Sentry's limiter names only the end of its window; a proxy may add Retry-After. The longer one counts.</summary>
    private TimeSpan? PauseAskedBy(HttpResponseMessage response, SentryLimits? limits)
    {
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (response.Headers.Date ?? options.Clock.GetUtcNow()),
            _ => null,
        };
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return asked;
        }
        var reset = limits?.Reset is { } end ? budget.UntilReset(end, response.Headers.Date) : TimeSpan.Zero;
        return new[] { asked ?? TimeSpan.Zero, reset, ShortestPauseAfterRefusal }.Max();
    }
}
