using Watchbill.Access;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Runs the read of one scope and turns whatever happens into a reading. When a failure means that nothing can be read any more,
/// the scopes that are still under way stop too, instead of asking a thousand times with a dead token.
/// </summary>
internal sealed class ScopeRunner(RequestMeter meter, TimeProvider clock, CancellationTokenSource stop)
{
    private ScopeFailure? _fatal;

    /// <summary>Why nothing can be read any more; null while it can.</summary>
    public ScopeFailure? Fatal => Volatile.Read(ref _fatal);

    /// <summary>The instant at which a read begins, never the same for two of them is not promised: scopes are independent.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<ScopeReading> RunAsync(string scope, Func<DateTimeOffset, CancellationToken, Task<Observation>> read, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var count = meter.Begin();
        Observation? observation = null;
        ScopeFailure? failure = null;
        try
        {
            stop.Token.ThrowIfCancellationRequested();
            observation = await read(readAt, stop.Token);
        }
        catch (SentryException exception)
        {
            failure = SentryFailures.From(exception);
            StopOn(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && Fatal is not null)
        {
            failure = Fatal;
        }
        catch (UnbelievableAnswerException exception)
        {
            failure = new ScopeFailure("unbelievable-answer", exception.Message);
        }

        return new ScopeReading
        {
            Scope = scope,
            ReadAt = readAt,
            Duration = clock.GetElapsedTime(started),
            Requests = Volatile.Read(ref count.Requests),
            Observation = observation,
            Failure = failure,
        };
    }

    private void StopOn(ScopeFailure failure)
    {
        if (failure.Effect is FailureEffect.WholeRun && Interlocked.CompareExchange(ref _fatal, failure, null) is null)
        {
            stop.Cancel();
        }
    }
}

/// <summary>Sentry answered, completely and in good form, something that cannot be: an empty list where many were known.</summary>
internal sealed class UnbelievableAnswerException(string message) : Exception(message)
{
    /// <summary>A slug can be given to another organization; its rows must never be mixed with those of the first.</summary>
    public static UnbelievableAnswerException OtherOrganization(string slug, string found, string expected) =>
        new($"The slug {slug} now names another organization (id {found} instead of {expected}). Connect it as a new source if that is meant.");
}
