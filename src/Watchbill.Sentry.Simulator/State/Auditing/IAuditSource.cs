namespace Watchbill.Sentry.Simulator.State.Auditing;

/// <summary>Audit rows in ascending order of time. A row may be computed when asked for; its head must be cheap.</summary>
internal interface IAuditSource
{
    int Count { get; }

    AuditHead Head(int index);

    AuditRow Row(int index);
}

/// <summary>What filters and the order look at.</summary>
internal readonly record struct AuditHead(DateTimeOffset Time, string Event, long? ActorId);
