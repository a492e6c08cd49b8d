using Watchbill.Contracts.Connectors;

namespace Watchbill.Contracts.Client;

/// <summary>Changes in the organization of one connector.</summary>
public sealed class ProvisioningClient
{
    private readonly ApiTransport _transport;
    private readonly string _connector;

    internal ProvisioningClient(ApiTransport transport, long connector) => (_transport, _connector) = (transport, $"connectors/{connector}");

    /// <summary>A part of the changes, newest first.</summary>
    public Task<Page<ProvisioningTask>> ListAsync(ProvisioningQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<Page<ProvisioningTask>>($"{_connector}/provisioning", query, cancellationToken);

    /// <summary>One change.</summary>
    public Task<ProvisioningTask> FindAsync(long task, CancellationToken cancellationToken) => _transport.GetAsync<ProvisioningTask>(Path(task), cancellationToken);

    /// <summary>Says what would be sent, and sends nothing.</summary>
    public Task<ChangePlan> PlanAsync(IntendedChange change, CancellationToken cancellationToken) =>
        _transport.PostAsync<ChangePlan>($"{_connector}/provisioning/plan", change, cancellationToken);

    /// <summary>Asks for a change; a server makes it within seconds.</summary>
    public Task<ProvisioningTask> RequestAsync(NewChange change, CancellationToken cancellationToken) =>
        _transport.PostAsync<ProvisioningTask>($"{_connector}/provisioning", change, cancellationToken);

    /// <summary>Has an escalated change tried again.</summary>
    public Task<ProvisioningTask> RetryAsync(long task, CancellationToken cancellationToken) => _transport.PostAsync<ProvisioningTask>($"{Path(task)}/retry", body: null, cancellationToken);

    /// <summary>Takes a change back that is not made yet.</summary>
    public Task<ProvisioningTask> WithdrawAsync(long task, CancellationToken cancellationToken) => _transport.PostAsync<ProvisioningTask>($"{Path(task)}/withdraw", body: null, cancellationToken);

    /// <summary>Whether changes may be made, and what can be changed; asks Sentry.</summary>
    public Task<Writing> WritingAsync(CancellationToken cancellationToken) => _transport.GetAsync<Writing>($"{_connector}/writing", cancellationToken);

    /// <summary>Lets changes be made.</summary>
    public Task<Writing> SwitchOnAsync(NewWriting writing, CancellationToken cancellationToken) =>
        _transport.SendAsync<Writing>(new Outgoing(HttpMethod.Put, $"{_connector}/writing") { Body = writing }, cancellationToken);

    /// <summary>Lets no change be made any more.</summary>
    public Task SwitchOffAsync(CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"{_connector}/writing"), cancellationToken);

    private string Path(long task) => $"{_connector}/provisioning/{task}";
}
