using System.Net;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Json;
using Watchbill.Sentry.Pacing;
using Watchbill.Sentry.Paging;

namespace Watchbill.Sentry.Transport;

/// <summary>The one way of every request: choose the host, wait for the budget, send, retry reads, report each attempt.</summary>
internal sealed class RequestSender(SentryClientOptions options) : IDisposable
{
    private readonly Wire _wire = new(options);
    private readonly RateBudget _budget = options.Budget?.Rate ?? new RateBudget(options.BudgetShare, options.MaxConcurrency, options.Clock);
    private readonly Tally _tally = new();

    public SentryHosts Hosts { get; } = new(options.BaseAddress);

    public int MaxPages => options.MaxPages;

    public SentryStatistics Statistics => _tally.Snapshot(_budget.LastLimits);

    /// <summary>A listing of rows that are the body itself.</summary>
    public SentryListing<T> List<T>(SentryRequest request, JsonTypeInfo<List<T>> type) where T : class, IKeyed =>
        List(request, type, static body => body);

    /// <summary>A listing of rows that are inside the body.</summary>
    public SentryListing<TRow> List<TBody, TRow>(SentryRequest request, JsonTypeInfo<TBody> type, Func<TBody, List<TRow>> rows)
        where TBody : class where TRow : class, IKeyed =>
        new(
            cancellationToken => new ListingPager<TBody, TRow>(this, request, type, rows).InTurnAsync(cancellationToken),
            (expected, cancellationToken) => new ListingPager<TBody, TRow>(this, request, type, rows).AheadAsync(expected, cancellationToken),
            static row => row.Key);

    /// <summary>One thing that must be there.</summary>
    public async Task<T> GetAsync<T>(SentryRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        var answer = await SendAsync(request, type, cancellationToken);
        return answer.Body ?? throw Failures.NotSentry(request, answer.Status);
    }

    /// <summary>One thing that may be absent; null when Sentry answers 204.</summary>
    public async Task<T?> GetOptionalAsync<T>(SentryRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class =>
        (await SendAsync(request, type, cancellationToken)).Body;

    /// <summary>A change whose answer says nothing but that Sentry took it. Never sent twice.</summary>
    public async Task<HttpStatusCode> WriteAsync(SentryRequest request, CancellationToken cancellationToken) =>
        (await SendAsync(request, SentryJson.Default.SentryNothing, cancellationToken)).Status;

    public async Task<SentryAnswer<T>> SendAsync<T>(SentryRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        var hosts = Hosts.For(request);
        foreach (var host in hosts.SkipLast(1))
        {
            try
            {
                return await SendToAsync(request, host, type, cancellationToken);
            }
            catch (SentryException notHere) when (IsServedElsewhere(request, notHere))
            {
                // The next host is asked; its answer counts.
            }
        }
        return await SendToAsync(request, hosts[^1], type, cancellationToken);
    }

    public void Dispose() => _wire.Dispose();

    private static bool IsServedElsewhere(SentryRequest request, SentryException failure) =>
        failure.Kind == SentryFailureKind.NotFoundAtGateway
        || (failure.Kind == SentryFailureKind.NotFound && request.Silo == Silo.ControlOrCell);

    private async Task<SentryAnswer<T>> SendToAsync<T>(SentryRequest request, Uri host, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        var schedule = new RetrySchedule(options);
        var pause = TimeSpan.Zero;
        for (var number = 1; ; number++)
        {
            TimeSpan? next = null;
            try
            {
                return await AttemptAsync(request, new(host, number, pause), type, cancellationToken);
            }
            catch (SentryException failure) when ((next = schedule.PauseAfter(request, failure, number)) is not null)
            {
                pause = next.Value;
            }
            await Task.Delay(pause, options.Clock, cancellationToken);
        }
    }

    private async Task<SentryAnswer<T>> AttemptAsync<T>(SentryRequest request, Turn turn, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        var asked = options.Clock.GetTimestamp();
        await _budget.EnterAsync(options.GoesFirst, cancellationToken);
        var started = options.Clock.GetTimestamp();
        var attempt = new Attempt(options, _wire, _budget, request);
        SentryFailureKind? failure = null;
        try
        {
            return await attempt.RunAsync(turn.Host, type, cancellationToken);
        }
        catch (SentryException failed)
        {
            failure = failed.Kind;
            throw;
        }
        finally
        {
            _budget.Leave();
            var took = options.Clock.GetElapsedTime(started);
            _budget.Note(request.Kind, took, failure is SentryFailureKind.Timeout || (int?)attempt.Status is 429 or 502 or 503 or 504);
            var waited = turn.Pause + options.Clock.GetElapsedTime(asked, started);
            Report(new(
                request.Method.Method, request.Shape, (int?)attempt.Status, turn.Number, took, waited, attempt.Bytes, failure)
            {
                ServerTime = attempt.ServerTime,
            });
        }
    }

    private void Report(SentryExchange exchange)
    {
        _tally.Count(exchange);
        options.Log?.Invoke(exchange);
    }

    private readonly record struct Turn(Uri Host, int Number, TimeSpan Pause);
}
