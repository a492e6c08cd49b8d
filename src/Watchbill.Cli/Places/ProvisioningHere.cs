using Microsoft.Extensions.DependencyInjection;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>Changes in Sentry made by this process, from the database at hand.</summary>
internal sealed class ProvisioningHere(IServiceProvider services, Caller caller) : IProvisioning
{
    public Task<Result<IReadOnlyList<WritingAbility>>> AbilitiesAsync(Connector connector, CancellationToken cancellationToken) =>
        Get<ManageWriting>().AbilitiesAsync(connector.Id, caller, cancellationToken);

    public Task<Result<IReadOnlyList<WritingAbility>>> SwitchOnAsync(Connector connector, string? token, CancellationToken cancellationToken) =>
        Get<ManageWriting>().SwitchOnAsync(connector.Id, token, caller, cancellationToken);

    public async Task<Refusal?> SwitchOffAsync(Connector connector, CancellationToken cancellationToken) =>
        (await Get<ManageWriting>().SwitchOffAsync(connector.Id, caller, cancellationToken)).Refusal;

    public Task<Result<ChangePlan>> PlanAsync(Connector connector, IntendedChange change, CancellationToken cancellationToken) =>
        Get<RequestChange>().PlanAsync(connector.Id, change, caller, cancellationToken);

    public async Task<Result<ProvisioningTask>> MakeAsync(Connector connector, IntendedChange change, string reason, CancellationToken cancellationToken)
    {
        var asked = await Get<RequestChange>().RunAsync(connector.Id, change, reason, caller, cancellationToken);
        return asked.Succeeded ? await FollowAsync(connector, asked.Value.Id, cancellationToken) : asked;
    }

    public Task<Result<IReadOnlyList<ProvisioningTask>>> ListAsync(Connector connector, ProvisioningState? state, int limit, CancellationToken cancellationToken) =>
        Get<ManageChanges>().ListAsync(new ChangeSearch(connector.Id, state, Limit: limit), caller, cancellationToken);

    public async Task<Result<ProvisioningTask>> FindAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken)
    {
        var found = await Get<ManageChanges>().FindAsync(task, caller, cancellationToken);
        return found.Succeeded && found.Value.ConnectorId != connector.Id ? ProvisioningRefusals.NoSuchTask(task) : found;
    }

    public async Task<Result<ProvisioningTask>> RetryAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connector, task, cancellationToken);
        var moved = found.Succeeded ? await Get<ManageChanges>().RetryAsync(task, caller, cancellationToken) : found;
        return moved.Succeeded ? await FollowAsync(connector, task, cancellationToken) : moved;
    }

    public async Task<Result<ProvisioningTask>> WithdrawAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connector, task, cancellationToken);
        return found.Succeeded ? await Get<ManageChanges>().WithdrawAsync(task, caller, cancellationToken) : found;
    }

    /// <summary>Makes what is due; a server on the same database may have been quicker.</summary>
    private async Task<Result<ProvisioningTask>> FollowAsync(Connector connector, ProvisioningTaskId task, CancellationToken cancellationToken)
    {
        await Get<Provisioner>().RunDueAsync(connector.Id, cancellationToken);
        return await Get<ManageChanges>().FindAsync(task, caller, cancellationToken);
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
