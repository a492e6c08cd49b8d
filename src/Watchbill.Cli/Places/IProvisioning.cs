using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about changes in Sentry, wherever Watchbill is.</summary>
internal interface IProvisioning
{
    /// <summary>What could be changed; asks Sentry.</summary>
    Task<Result<IReadOnlyList<WritingAbility>>> AbilitiesAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<WritingAbility>>> SwitchOnAsync(Connector connector, string? token, CancellationToken cancellationToken);

    /// <returns>Why it was not switched off; null when it was.</returns>
    Task<Refusal?> SwitchOffAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<ChangePlan>> PlanAsync(Connector connector, IntendedChange change, CancellationToken cancellationToken);

    /// <summary>Asks for a change and follows it until it is proven, waits for a person, or waits for its next try.</summary>
    Task<Result<ProvisioningTask>> MakeAsync(Connector connector, IntendedChange change, string reason, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<ProvisioningTask>>> ListAsync(Connector connector, ProvisioningState? state, int limit, CancellationToken cancellationToken);

    Task<Result<ProvisioningTask>> FindAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken);

    /// <summary>Has an escalated change tried again, and follows it.</summary>
    Task<Result<ProvisioningTask>> RetryAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken);

    Task<Result<ProvisioningTask>> WithdrawAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken);
}
