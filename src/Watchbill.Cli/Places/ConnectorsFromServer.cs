using Watchbill.Access;
using Watchbill.Cli.Input;
using Watchbill.Connectors;
using Watchbill.Connectors.Preflight;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Cli.Places;

/// <summary>What a server says about connectors and runs, in the product's own types.</summary>
internal static class ConnectorsFromServer
{
    public static Connector Of(Contract.Connector connector) => new()
    {
        Id = new ConnectorId(connector.Id),
        Name = connector.Name,
        Application = connector.Application,
        Address = new Uri(connector.Address),
        OrganizationSlug = connector.Organization,
        OrganizationId = connector.OrganizationId,
        State = Choices.Parse<ConnectorState>(connector.State),
        StateReason = connector.StateReason,
        StateSince = connector.StateSince,
        TokenKind = connector.TokenKind,
        TokenLastFour = connector.TokenLastFour,
        WritesSince = connector.WritesSince,
        WriteTokenKind = connector.WriteTokenKind,
        WriteTokenLastFour = connector.WriteTokenLastFour,
        Schedule = SyncSchedule.Parse(connector.Schedule) is { Succeeded: true } schedule ? schedule.Value : SyncSchedule.Manual,
        BudgetShare = connector.BudgetShare,
        AllowPrivateNetworks = connector.AllowPrivateNetworks,
        BlindSpots = connector.BlindSpots,
        FailedRuns = connector.FailedRuns,
        CreatedAt = connector.CreatedAt,
        Version = connector.Version,
    };

    public static SyncRun Of(Contract.Run run) => new()
    {
        Id = new SyncRunId(run.Id),
        ConnectorId = new ConnectorId(run.Connector),
        State = Choices.Parse<SyncRunState>(run.State),
        Mode = Choices.Parse<SyncMode>(run.Mode),
        Unlogged = run.Unlogged,
        Reason = run.Reason,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        Phase = run.Phase,
        PhaseScope = run.PhaseScope,
        Requests = run.Requests,
        PredictedRequests = run.PredictedRequests,
        Rows = run.Rows,
        Retries = run.Retries,
        RateLimited = run.RateLimited,
        Opened = run.Opened,
        Closed = run.Closed,
    };

    public static SyncScope Of(Contract.RunScope scope) => new()
    {
        Scope = scope.Scope,
        Outcome = Choices.Parse<ScopeOutcome>(scope.Outcome),
        ReadAt = scope.ReadAt,
        Duration = TimeSpan.FromSeconds(scope.Seconds),
        Requests = scope.Requests,
        Rows = scope.Rows,
        FailureCode = scope.FailureCode,
        Note = scope.Note,
    };

    public static LedgerDifference Of(Contract.Difference difference) => new(
        [.. difference.Lines.Select(static line => new DifferenceLine(Choices.Parse<FactKind>(line.Kind), line.Family, line.Open, line.Closing, line.Changing, line.Opening))]);

    public static HeldFact Of(Contract.DifferenceFact fact) => new(Choices.Parse<FactChange>(fact.Change), Choices.Parse<FactKind>(fact.Kind), fact.Key, fact.Name);

    public static ScopeState Of(Contract.ConnectorScope scope, ConnectorId connector) => new()
    {
        ConnectorId = connector,
        Scope = scope.Name,
        RowCount = scope.Rows,
        LastCompleteAt = scope.LastCompleteAt,
        ListedAt = scope.ListedAt,
        VouchedAt = scope.UnchangedUntil,
        StaleSince = scope.StaleSince,
        StaleReason = scope.Reason,
    };

    public static PreflightReport Of(Contract.Preflight report) => new(
        [.. report.Probes.Select(static probe => new Probe(probe.Id, probe.Title, Choices.Parse<ProbeOutcome>(probe.Outcome), probe.Evidence, probe.Remedy))],
        report.BlindSpots, report.OrganizationId, report.OrganizationName, report.MemberCountHint);

    public static SyncPlan Of(Contract.Plan plan) => new([.. plan.Lines.Select(static line => new SyncPlanLine(line.Listing, line.Rows, line.Requests, line.Note))], plan.IsExact);

    public static SyncProgress Progress(Contract.Run run) => new(run.Phase ?? "waiting", run.PhaseScope, run.Requests, run.PredictedRequests ?? run.Requests, run.Rows);
}
