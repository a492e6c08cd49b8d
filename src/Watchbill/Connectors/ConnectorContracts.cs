using Watchbill.Access;
using Watchbill.Connectors.Preflight;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors;

/// <summary>Connectors and their runs as the HTTP API has them.</summary>
internal static class ConnectorContracts
{
    private const double DefaultShare = 0.7;

    public static Contract.Connector Of(ConnectorStanding standing) => new()
    {
        Id = standing.Connector.Id.Value,
        Name = standing.Connector.Name,
        Application = standing.Connector.Application,
        Address = standing.Connector.Address.AbsoluteUri,
        Organization = standing.Connector.OrganizationSlug,
        OrganizationId = standing.Connector.OrganizationId,
        Owners = [.. standing.Owners.Select(static owner => owner.Value)],
        State = Word.Of(standing.Connector.State),
        StateReason = standing.Connector.StateReason,
        StateSince = standing.Connector.StateSince,
        TokenKind = standing.Connector.TokenKind,
        TokenLastFour = standing.Connector.TokenLastFour,
        WritesSince = standing.Connector.WritesSince,
        WriteTokenKind = standing.Connector.WriteTokenKind,
        WriteTokenLastFour = standing.Connector.WriteTokenLastFour,
        Schedule = standing.Connector.Schedule.Text,
        NextRunAt = standing.NextRunAt,
        RequestedAt = standing.RequestedAt,
        BudgetShare = standing.Connector.BudgetShare,
        AllowPrivateNetworks = standing.Connector.AllowPrivateNetworks,
        BlindSpots = standing.Connector.BlindSpots,
        FailedRuns = standing.Connector.FailedRuns,
        StaleScopes = standing.StaleScopes,
        LastRun = standing.LastRun is { } run ? Of(run) : null,
        CreatedAt = standing.Connector.CreatedAt,
        Version = standing.Connector.Version,
    };

    public static Contract.Run Of(SyncRun run) => new()
    {
        Id = run.Id.Value,
        Connector = run.ConnectorId.Value,
        State = Word.Of(run.State),
        Mode = Word.Of(run.Mode),
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

    public static Contract.RunScope Of(SyncScope scope) => new()
    {
        Scope = scope.Scope,
        Outcome = Word.Of(scope.Outcome),
        ReadAt = scope.ReadAt,
        Seconds = scope.Duration.TotalSeconds,
        Requests = scope.Requests,
        Rows = scope.Rows,
        FailureCode = scope.FailureCode,
        Note = scope.Note,
    };

    public static Contract.Difference Of(LedgerDifference difference) => new(
        [.. difference.Lines.Select(static line => new Contract.DifferenceLine(Word.Of(line.Kind), line.Family, line.Open, line.Closing, line.Changing, line.Opening))]);

    public static Contract.DifferenceFact Of(HeldFact fact) => new(Word.Of(fact.Change), Word.Of(fact.Kind), fact.Key, fact.Name);

    public static Contract.ConnectorScope Of(ScopeState state) => new(
        state.Scope, state.RowCount, state.LastCompleteAt, state.StaleSince, state.StaleReason, state.ListedAt, state.VouchedAt);

    public static Contract.Preflight Of(PreflightReport report) => new()
    {
        CanConnect = report.CanConnect,
        OrganizationId = report.OrganizationId,
        OrganizationName = report.OrganizationName,
        MemberCountHint = report.MemberCountHint,
        BlindSpots = report.BlindSpots,
        Probes = [.. report.Probes.Select(static probe => new Contract.Probe(probe.Id, probe.Title, Word.Of(probe.Outcome), probe.Evidence, probe.Remedy))],
    };

    public static Contract.Plan Of(SyncPlan plan) =>
        new(plan.Requests, plan.IsExact, [.. plan.Lines.Select(static line => new Contract.PlanLine(line.Listing, line.Rows, line.Requests, line.Note))]);

    public static Contract.PossibleOwner Of(OwnerAccount owner) => new(owner.Id.Value, owner.Name, owner.Email, owner.MayManage);

    /// <summary>What was decided, as use cases take it; those that need no token look at the rest only.</summary>
    public static ConnectInput Input(Contract.ConnectorSettings settings, string token = "") => new()
    {
        Name = settings.Name,
        Application = settings.Application,
        Address = settings.Address,
        OrganizationSlug = settings.Organization,
        Owners = [.. (settings.Owners ?? []).Select(static owner => new AccountId(owner))],
        Schedule = settings.Schedule ?? SyncSchedule.EverySixHours,
        BudgetShare = settings.BudgetShare ?? DefaultShare,
        AllowPrivateNetworks = settings.AllowPrivateNetworks,
        Token = token,
    };
}
