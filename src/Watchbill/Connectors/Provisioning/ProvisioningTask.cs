using Watchbill.Kernel;

namespace Watchbill.Connectors.Provisioning;

/// <summary>How an intended change stands.</summary>
public enum ProvisioningState
{
    /// <summary>It is to be made, now or at its time.</summary>
    Waiting,

    /// <summary>A process makes it now.</summary>
    Running,

    /// <summary>Sentry was read afterwards and is as intended. The end.</summary>
    Proven,

    /// <summary>It cannot be made, or was tried too often: a person must look at it.</summary>
    Escalated,

    /// <summary>Somebody took it back before it was proven. The end.</summary>
    Withdrawn,
}

/// <summary>One intended change, what was tried and the proof.</summary>
public sealed record ProvisioningTask
{
    /// <summary>Which one.</summary>
    public ProvisioningTaskId Id { get; init; }

    /// <summary>In which organization.</summary>
    public ConnectorId ConnectorId { get; init; }

    /// <summary>What shall change.</summary>
    public required IntendedChange Change { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked.</summary>
    public required Actor Actor { get; init; }

    /// <summary>How it stands.</summary>
    public ProvisioningState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it is tried next; of no meaning once it ended.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>So often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>What Sentry said when it was asked for.</summary>
    public TargetState? Before { get; init; }

    /// <summary>What Sentry said when it was read afterwards: the proof once the task is proven.</summary>
    public TargetState? ReadBack { get; init; }

    /// <summary>When that was read, by Sentry's clock where it tells it.</summary>
    public DateTimeOffset? ReadBackAt { get; init; }

    /// <summary>The requests that were sent to change something, with what Sentry answered, one on each line; null when none was.</summary>
    public string? Sent { get; init; }

    /// <summary>Why the last try did not do it, as a code; null when nothing went wrong.</summary>
    public string? FailureCode { get; init; }

    /// <summary>The same as a sentence, with the way out.</summary>
    public string? Note { get; init; }

    /// <summary>When it ended or was escalated; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
