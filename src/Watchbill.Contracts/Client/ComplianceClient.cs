using Watchbill.Contracts.Compliance;

namespace Watchbill.Contracts.Client;

/// <summary>Checks, frameworks, exceptions and actions.</summary>
public sealed class ComplianceClient
{
    private readonly ApiTransport _transport;

    internal ComplianceClient(ApiTransport transport) => _transport = transport;

    /// <summary>All checks.</summary>
    public Task<IReadOnlyList<CheckDefinition>> ChecksAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<CheckDefinition>>("checks", cancellationToken);

    /// <summary>All frameworks.</summary>
    public Task<IReadOnlyList<Framework>> FrameworksAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Framework>>("frameworks", cancellationToken);

    /// <summary>The frameworks that are followed.</summary>
    public Task<FollowedFrameworks> FollowedAsync(CancellationToken cancellationToken) => _transport.GetAsync<FollowedFrameworks>("frameworks/followed", cancellationToken);

    /// <summary>Follows these frameworks and no others.</summary>
    public Task<FollowedFrameworks> FollowAsync(NewFollowedFrameworks followed, CancellationToken cancellationToken) =>
        _transport.SendAsync<FollowedFrameworks>(new Outgoing(HttpMethod.Put, "frameworks/followed") { Body = followed }, cancellationToken);

    /// <summary>Brings a framework of your own, or replaces it.</summary>
    public Task<Framework> BringFrameworkAsync(NewFramework framework, CancellationToken cancellationToken) => _transport.PostAsync<Framework>("frameworks", framework, cancellationToken);

    /// <summary>Removes a framework of your own.</summary>
    public Task<Framework> RemoveFrameworkAsync(string framework, ExceptionDecision why, CancellationToken cancellationToken) =>
        _transport.PostAsync<Framework>($"frameworks/{Uri.EscapeDataString(framework)}/remove", why, cancellationToken);

    /// <summary>How one framework stands for a connector.</summary>
    public Task<Framework> FrameworkAsync(long connector, string framework, CancellationToken cancellationToken) =>
        _transport.GetAsync<Framework>($"connectors/{connector}/frameworks/{Uri.EscapeDataString(framework)}", cancellationToken);

    /// <summary>Everything about one control.</summary>
    public Task<Control> ControlAsync(long connector, string framework, ControlQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<Control>($"connectors/{connector}/frameworks/{Uri.EscapeDataString(framework)}/control", query, cancellationToken);

    /// <summary>The latest run of all checks.</summary>
    public Task<CheckRun> LatestAsync(long connector, CancellationToken cancellationToken) => _transport.GetAsync<CheckRun>($"connectors/{connector}/checks", cancellationToken);

    /// <summary>Runs all checks now.</summary>
    public Task<CheckRun> RunAsync(long connector, CancellationToken cancellationToken) => _transport.PostAsync<CheckRun>($"connectors/{connector}/check-runs", body: null, cancellationToken);

    /// <summary>The newest runs.</summary>
    public Task<IReadOnlyList<CheckRun>> RunsAsync(long connector, CheckRunQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<CheckRun>>($"connectors/{connector}/check-runs", query, cancellationToken);

    /// <summary>Everything about one check.</summary>
    public Task<CheckDetails> FindAsync(long connector, string check, CancellationToken cancellationToken) =>
        _transport.GetAsync<CheckDetails>($"connectors/{connector}/checks/{Uri.EscapeDataString(check)}", cancellationToken);

    /// <summary>What checks say of single resources, failures first.</summary>
    public Task<Page<CheckResult>> ResultsAsync(long connector, CheckResultQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<Page<CheckResult>>($"connectors/{connector}/check-results", query, cancellationToken);

    /// <summary>Sets a parameter of a check.</summary>
    public Task<CheckDetails> SetAsync(long connector, string check, string parameter, NewSetting setting, CancellationToken cancellationToken) =>
        _transport.PostAsync<CheckDetails>($"connectors/{connector}/checks/{Uri.EscapeDataString(check)}/parameters/{Uri.EscapeDataString(parameter)}", setting, cancellationToken);

    /// <summary>Says of lines of Sentry's audit log why they are in order.</summary>
    public Task<Acknowledgement> AcknowledgeAsync(long connector, NewAcknowledgement acknowledgement, CancellationToken cancellationToken) =>
        _transport.PostAsync<Acknowledgement>($"connectors/{connector}/log-acknowledgements", acknowledgement, cancellationToken);

    /// <summary>How an organization stands, and how that moved.</summary>
    public Task<Posture> PostureAsync(long connector, PostureQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Posture>($"connectors/{connector}/posture", query, cancellationToken);

    /// <summary>Exceptions.</summary>
    public Task<IReadOnlyList<CheckException>> ExceptionsAsync(ExceptionQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<CheckException>>("exceptions", query, cancellationToken);

    /// <summary>Asks for an exception.</summary>
    public Task<CheckException> AskAsync(NewException exception, CancellationToken cancellationToken) => _transport.PostAsync<CheckException>("exceptions", exception, cancellationToken);

    /// <summary>Approves one.</summary>
    public Task<CheckException> ApproveAsync(long exception, ExceptionDecision decision, CancellationToken cancellationToken) =>
        _transport.PostAsync<CheckException>($"exceptions/{exception}/approve", decision, cancellationToken);

    /// <summary>Refuses one.</summary>
    public Task<CheckException> DenyAsync(long exception, ExceptionDecision decision, CancellationToken cancellationToken) =>
        _transport.PostAsync<CheckException>($"exceptions/{exception}/deny", decision, cancellationToken);

    /// <summary>Takes one back.</summary>
    public Task<CheckException> WithdrawAsync(long exception, ExceptionDecision decision, CancellationToken cancellationToken) =>
        _transport.PostAsync<CheckException>($"exceptions/{exception}/withdraw", decision, cancellationToken);

    /// <summary>Actions: what is due first comes first.</summary>
    public Task<Page<ComplianceAction>> ActionsAsync(ActionQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<ComplianceAction>>("actions", query, cancellationToken);

    /// <summary>One action with everything that was done about it.</summary>
    public Task<ActionDetails> ActionAsync(long action, CancellationToken cancellationToken) => _transport.GetAsync<ActionDetails>($"actions/{action}", cancellationToken);

    /// <summary>Opens an action by hand.</summary>
    public Task<ComplianceAction> OpenActionAsync(NewAction action, CancellationToken cancellationToken) => _transport.PostAsync<ComplianceAction>("actions", action, cancellationToken);

    /// <summary>Opens actions from a file: all of its lines, or none.</summary>
    public Task<IReadOnlyList<ComplianceAction>> ImportActionsAsync(NewActionFile file, CancellationToken cancellationToken) =>
        _transport.PostAsync<IReadOnlyList<ComplianceAction>>("actions/import", file, cancellationToken);

    /// <summary>Gives an action to somebody.</summary>
    public Task<ComplianceAction> AssignActionAsync(long action, ActionOwner owner, CancellationToken cancellationToken) =>
        _transport.PostAsync<ComplianceAction>($"actions/{action}/assign", owner, cancellationToken);

    /// <summary>Says by when an action should be done.</summary>
    public Task<ComplianceAction> PostponeActionAsync(long action, ActionDue due, CancellationToken cancellationToken) =>
        _transport.PostAsync<ComplianceAction>($"actions/{action}/due", due, cancellationToken);

    /// <summary>Says that somebody works on an action.</summary>
    public Task<ComplianceAction> StartActionAsync(long action, CancellationToken cancellationToken) => _transport.PostAsync<ComplianceAction>($"actions/{action}/start", body: null, cancellationToken);

    /// <summary>Says something about an action.</summary>
    public Task<ComplianceAction> CommentActionAsync(long action, ActionComment comment, CancellationToken cancellationToken) =>
        _transport.PostAsync<ComplianceAction>($"actions/{action}/comments", comment, cancellationToken);

    /// <summary>Closes an action that was opened by hand.</summary>
    public Task<ComplianceAction> CloseActionAsync(long action, ActionDecision decision, CancellationToken cancellationToken) =>
        _transport.PostAsync<ComplianceAction>($"actions/{action}/close", decision, cancellationToken);

    /// <summary>Reopens an action that was opened by hand.</summary>
    public Task<ComplianceAction> ReopenActionAsync(long action, ActionDecision decision, CancellationToken cancellationToken) =>
        _transport.PostAsync<ComplianceAction>($"actions/{action}/reopen", decision, cancellationToken);
}
