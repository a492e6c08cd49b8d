using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access;
using Watchbill.Access.Changes;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Access.History;
using Watchbill.Access.Queries;
using Watchbill.Access.Striking;
using Watchbill.Connectors;
using Watchbill.Connectors.Collecting;
using Watchbill.Connectors.Preflight;
using Watchbill.Connectors.Sentry;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>Watchbill in the database at hand: whoever holds it may do everything.</summary>
/// <param name="services">The product, opened only when somebody needs it.</param>
/// <param name="caller">The person at this keyboard.</param>
internal sealed class WatchbillHere(Func<IServiceProvider> services, Caller caller) : IWatchbill
{
    public Task<Result<IReadOnlyList<Connector>>> ConnectorsAsync(CancellationToken cancellationToken) => Get<ConnectorQueries>().ListAsync(caller, cancellationToken);

    public async Task<Result<Connector>> EditAsync(Connector connector, ConnectorChange change, CancellationToken cancellationToken)
    {
        var owners = await Get<ConnectorStandings>().OwnersAsync(connector.Id, caller, cancellationToken);
        if (!owners.Succeeded)
        {
            return owners.Refusal!;
        }

        var details = new ConnectorDetails
        {
            Name = change.Name ?? connector.Name,
            Application = change.Application ?? connector.Application,
            Address = connector.Address.AbsoluteUri,
            OrganizationSlug = connector.OrganizationSlug,
            Owners = owners.Value,
            Schedule = change.Schedule ?? connector.Schedule.Text,
            BudgetShare = change.BudgetShare ?? connector.BudgetShare,
            AllowPrivateNetworks = connector.AllowPrivateNetworks,
        };
        return await Get<EditConnector>().RunAsync(new ConnectorEdit(connector.Id, connector.Version, details), caller, cancellationToken);
    }

    public Task<Result<Connector>> PauseAsync(Connector connector, CancellationToken cancellationToken) => Get<ManageConnector>().PauseAsync(connector, caller, cancellationToken);

    public Task<Result<Connector>> ResumeAsync(Connector connector, CancellationToken cancellationToken) => Get<ManageConnector>().ResumeAsync(connector, caller, cancellationToken);

    public Task<Result<Connector>> RemoveAsync(Connector connector, CancellationToken cancellationToken) => Get<ManageConnector>().RemoveAsync(connector, caller, cancellationToken);

    public Task<Result<Connector>> RotateTokenAsync(Connector connector, string token, CancellationToken cancellationToken) =>
        Get<ManageConnector>().RotateTokenAsync(connector, token, caller, cancellationToken);

    public Task<Result<Connected>> ConnectAsync(ConnectInput input, bool saveAnyway, CancellationToken cancellationToken) =>
        Get<ConnectSentry>().RunAsync(input, saveAnyway, caller, cancellationToken);

    public Task<Result<PreflightReport>> PreflightAsync(PreflightRequest request, CancellationToken cancellationToken) => Get<PreflightCheck>().RunAsync(request, caller, cancellationToken);

    public Task<Result<IReadOnlyList<ScopeState>>> ScopeStatesAsync(Connector connector, CancellationToken cancellationToken) =>
        Get<ConnectorQueries>().ScopeStatesAsync(connector.Id, caller, cancellationToken);

    public Task<Result<SyncPlan>> PlanAsync(Connector connector, CancellationToken cancellationToken) => Get<PredictSync>().RunAsync(connector.Id, caller, cancellationToken);

    public Task<Result<SyncRun>> SyncAsync(Connector connector, SyncMode mode, IProgress<SyncProgress> progress, CancellationToken cancellationToken) =>
        Get<SyncOrganization>().RunAsync(connector.Id, mode, caller, progress, cancellationToken);

    public async Task<Result<IReadOnlyList<Collection>>> CollectAsync(Connector connector, WantedEvidence wanted, CancellationToken cancellationToken)
    {
        List<Collection> collected = [];
        foreach (var kind in wanted.AllKinds())
        {
            Result<Collection> result;
            do
            {
                var request = new EvidenceRequest(kind, wanted.Issue, wanted.AcceptsLoss, caller.Actor);
                result = await Get<CollectEvidence>().RunAsync(connector.Id, request, caller, cancellationToken);
                if (!result.Succeeded)
                {
                    return result.Refusal!;
                }

                collected.Add(result.Value);
            }
            while (result.Value is { State: CollectionState.Complete, Remaining: > 0 });
        }

        return collected;
    }

    public Task<Result<IReadOnlyList<EvidenceStanding>>> EvidenceAsync(Connector connector, CancellationToken cancellationToken) =>
        Get<EvidenceQueries>().StandingsAsync(connector.Id, caller, cancellationToken);

    public async Task<Result<EvidenceList>> RecordsAsync(EvidenceQuestion question, CancellationToken cancellationToken)
    {
        List<EvidenceRecord> rows = [];
        long? count = null;
        while (true)
        {
            var take = Math.Min(EvidenceQuestion.MostRows, question.Take - rows.Count);
            var page = await Get<EvidenceQueries>().ListAsync(question with { ByKey = true, After = rows.Count == 0 ? null : rows[^1].Key, Take = take }, caller, cancellationToken);
            if (!page.Succeeded)
            {
                return page.Refusal!;
            }

            rows.AddRange(page.Value.Rows);
            count ??= page.Value.Count;
            if (page.Value.Rows.Count < take || rows.Count == question.Take)
            {
                return page.Value with { Count = count, Rows = rows };
            }
        }
    }

    public Task<Result<IReadOnlyList<EvidenceRecord>>> RecordHistoryAsync(ConnectorId connector, EvidenceKind kind, string key, CancellationToken cancellationToken) =>
        Get<EvidenceQueries>().HistoryAsync(connector, kind, key, caller, cancellationToken);

    public Task<Result<IReadOnlyList<SyncRun>>> RunsAsync(Connector connector, int limit, CancellationToken cancellationToken) =>
        Get<ConnectorQueries>().RunsAsync(connector.Id, limit, caller, cancellationToken);

    public Task<Result<SyncRun>> RunAsync(SyncRunId run, CancellationToken cancellationToken) => Get<ConnectorQueries>().RunAsync(run, caller, cancellationToken);

    public Task<Result<IReadOnlyList<SyncScope>>> ScopesAsync(SyncRunId run, CancellationToken cancellationToken) => Get<ConnectorQueries>().ScopesAsync(run, caller, cancellationToken);

    public Task<Result<LedgerDifference>> DifferenceAsync(SyncRunId run, CancellationToken cancellationToken) => Get<ConnectorQueries>().DifferenceAsync(run, caller, cancellationToken);

    public Task<Result<IReadOnlyList<HeldFact>>> DifferenceFactsAsync(SyncRunId run, int limit, CancellationToken cancellationToken) =>
        Get<ConnectorQueries>().DifferenceFactsAsync(run, limit, caller, cancellationToken);

    public Task<Result<SyncRun>> ConfirmAsync(SyncRunId run, CancellationToken cancellationToken) => Get<DecideHeldRun>().ConfirmAsync(run, caller, cancellationToken);

    public Task<Result<SyncRun>> RejectAsync(SyncRunId run, string reason, CancellationToken cancellationToken) => Get<DecideHeldRun>().RejectAsync(run, reason, caller, cancellationToken);

    public async Task<Result<Answer<Page<MemberLine>>>> MembersAsync(ListQuestion<MemberFilter> question, CancellationToken cancellationToken) =>
        await Access.MembersAsync(question.Connector, question.Filter, question.Page, question.At, cancellationToken);

    public async Task<Result<Answer<Page<TeamLine>>>> TeamsAsync(ListQuestion<TeamFilter> question, CancellationToken cancellationToken) =>
        await Access.TeamsAsync(question.Connector, question.Filter, question.Page, question.At, cancellationToken);

    public async Task<Result<Answer<Page<ProjectLine>>>> ProjectsAsync(ListQuestion<ProjectFilter> question, CancellationToken cancellationToken) =>
        await Access.ProjectsAsync(question.Connector, question.Filter, question.Page, question.At, cancellationToken);

    public async Task<Result<Answer<Page<NonHumanFact>>>> NonHumansAsync(ListQuestion<NonHumanFilter> question, CancellationToken cancellationToken) =>
        await Access.NonHumansAsync(question.Connector, question.Filter, question.Page, question.At, cancellationToken);

    public Task<Result<Answer<ProjectAccess>>> WhoReachesAsync(ConnectorId connector, string project, DateTimeOffset? at, CancellationToken cancellationToken) =>
        Access.WhoReachesAsync(connector, project, at, cancellationToken);

    public Task<Result<Answer<MemberAccess>>> OfMemberAsync(ConnectorId connector, string member, DateTimeOffset? at, CancellationToken cancellationToken) =>
        Access.OfMemberAsync(connector, member, at, cancellationToken);

    public Task<Result<Answer<AccessExplanation>>> WhyAsync(ConnectorId connector, Pairing pair, DateTimeOffset? at, CancellationToken cancellationToken) =>
        Access.WhyAsync(connector, pair.Member, pair.Project, at, cancellationToken);

    public async Task<Result<Answer<RemovalReport>>> BlastRadiusAsync(ConnectorId connector, RemovalSearch removal, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var picture = await Get<ExploreAccess>().PictureAsync(caller, connector, at, cancellationToken);
        return picture.Succeeded
            ? RemovalLookup.BlastRadius(picture.Value, removal).Select(radius => new Answer<RemovalReport>(
                new(radius.Sentence, radius.Ends, radius.Narrows, radius.Stays, radius.People, radius.Losses, radius.Notes), picture.Value.At, picture.Value.Freshness))
            : picture.Refusal!;
    }

    public Task<Result<IReadOnlyList<HistoryLine>>> HistoryAsync(ConnectorId connector, HistorySearch search, CancellationToken cancellationToken) =>
        Get<AccessHistory>().OfAsync(caller, connector, search, cancellationToken);

    public async Task<Result<TeamNode>> TeamAsync(ConnectorId connector, string team, CancellationToken cancellationToken)
    {
        var found = await Access.OfTeamAsync(connector, team, at: null, cancellationToken);
        return found.Succeeded ? found.Value.Value.Team : found.Refusal!;
    }

    public async Task<Result<Answer<IReadOnlyList<StrikingFact>>>> StrikingFactsAsync(ConnectorId connector, DateTimeOffset? at, CancellationToken cancellationToken) =>
        await Access.StrikingFactsAsync(connector, at, cancellationToken);

    public async Task<Result<Answer<ChangesBetween>>> ChangesAsync(ConnectorId connector, DateTimeOffset since, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var before = await Access.GraphAsync(connector, since, cancellationToken);
        var after = await Access.GraphAsync(connector, at, cancellationToken);
        var wasRead = before.Value.Organization is not null;
        var changes = wasRead ? await Get<ExplainChanges>().RunAsync(connector, (before.At, after.At), AccessChanges.Between(before.Value, after.Value), cancellationToken) : [];
        return new Answer<ChangesBetween>(new(before.At, wasRead, changes), after.At, after.Freshness);
    }

    public IProvisioning Provisioning => new ProvisioningHere(services(), caller);

    public IAccessRequests Requests => new AccessRequestsHere(services(), caller);

    public IEvidenceLog EvidenceLog => new EvidenceLogHere(services(), caller);

    public IEvidencePacks EvidencePacks => new EvidencePacksHere(services(), caller);

    public IActions Actions => new ActionsHere(services(), caller);

    public IFrameworks Frameworks => new FrameworksHere(services(), caller);

    public IChecks Checks => new ChecksHere(services(), caller);

    public IReviews Reviews => new ReviewsHere(services(), caller);

    private AccessQueries Access => Get<AccessQueries>();

    private T Get<T>()
        where T : notnull => services().GetRequiredService<T>();
}
