using Watchbill.Access;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Connectors;
using Watchbill.Connectors.Collecting;
using Watchbill.Connectors.Preflight;
using Watchbill.Contracts.Access;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Connectors;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Connector = Watchbill.Connectors.Connector;
using EvidenceHistoryQuery = Watchbill.Contracts.Evidence.EvidenceHistoryQuery;
using EvidenceQuery = Watchbill.Contracts.Evidence.EvidenceQuery;
using PageQuery = Watchbill.Contracts.PageQuery;
using HistorySearch = Watchbill.Access.History.HistorySearch;
using RemovalSearch = Watchbill.Access.Explore.RemovalSearch;
using StrikingFact = Watchbill.Access.Striking.StrikingFact;
using WantedCollection = Watchbill.Contracts.Evidence.WantedCollection;

namespace Watchbill.Cli.Places;

/// <summary>Watchbill on a server: the API token says what may be done.</summary>
internal sealed class WatchbillOnServer(WatchbillClient client, TimeProvider clock) : IWatchbill
{
    public Task<Result<IReadOnlyList<Connector>>> ConnectorsAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Connector>>(async () => [.. (await client.Connectors.ListAsync(cancellationToken)).Select(ConnectorsFromServer.Of)]);

    public Task<Result<Connector>> EditAsync(Connector connector, ConnectorChange change, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var now = await client.Connectors.FindAsync(connector.Id.Value, cancellationToken);
            var settings = new ConnectorSettings
            {
                Name = change.Name ?? now.Name,
                Application = change.Application ?? now.Application,
                Address = now.Address,
                Organization = now.Organization,
                Owners = now.Owners,
                Schedule = change.Schedule ?? now.Schedule,
                BudgetShare = change.BudgetShare ?? now.BudgetShare,
                AllowPrivateNetworks = now.AllowPrivateNetworks,
            };
            return ConnectorsFromServer.Of(await client.Connectors.EditAsync(now.Id, now.Version, settings, cancellationToken));
        });

    public Task<Result<Connector>> PauseAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Connectors.PauseAsync(connector.Id.Value, cancellationToken)));

    public Task<Result<Connector>> ResumeAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Connectors.ResumeAsync(connector.Id.Value, cancellationToken)));

    public Task<Result<Connector>> RemoveAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            await client.Connectors.RemoveAsync(connector.Id.Value, new RemovalQuery { Confirm = connector.Name }, cancellationToken);
            return connector;
        });

    public Task<Result<Connector>> RotateTokenAsync(Connector connector, string token, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of((await client.Connectors.RotateTokenAsync(connector.Id.Value, new NewToken { Token = token }, cancellationToken)).Connector));

    public Task<Result<Connected>> ConnectAsync(ConnectInput input, bool saveAnyway, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var saved = await client.Connectors.CreateAsync(
                new NewConnector
                {
                    Name = input.Name,
                    Application = input.Application,
                    Address = input.Address,
                    Organization = input.OrganizationSlug,
                    Schedule = input.Schedule,
                    BudgetShare = input.BudgetShare,
                    AllowPrivateNetworks = input.AllowPrivateNetworks,
                    Token = input.Token,
                    SaveAnyway = saveAnyway,
                },
                cancellationToken);
            return new Connected(ConnectorsFromServer.Of(saved.Connector), ConnectorsFromServer.Of(saved.Preflight!));
        });

    public Task<Result<PreflightReport>> PreflightAsync(PreflightRequest request, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Connectors.TryAsync(
            new PreflightInput { Address = request.Address, Organization = request.OrganizationSlug, Token = request.Token, AllowPrivateNetworks = request.AllowPrivateNetworks },
            cancellationToken)));

    public Task<Result<IReadOnlyList<ScopeState>>> ScopeStatesAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<ScopeState>>(async () => [.. (await client.Connectors.ScopesAsync(connector.Id.Value, cancellationToken)).Select(scope => ConnectorsFromServer.Of(scope, connector.Id))]);

    public Task<Result<SyncPlan>> PlanAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Connectors.PlanAsync(connector.Id.Value, cancellationToken)));

    /// <summary>Asks for a run and follows it to its end. Whoever stops following leaves it running.</summary>
    public Task<Result<SyncRun>> SyncAsync(Connector connector, SyncMode mode, IProgress<SyncProgress> progress, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var before = (await client.Connectors.RequestSyncAsync(connector.Id.Value, new SyncQuery { Mode = Word.Of(mode) }, cancellationToken)).LastRun?.Id ?? 0;
            while (true)
            {
                await foreach (var standing in client.Connectors.WatchAsync(connector.Id.Value, cancellationToken))
                {
                    if (standing.LastRun is { } run && run.Id > before)
                    {
                        progress.Report(ConnectorsFromServer.Progress(run));
                        if (run.FinishedAt is not null || run.State is "needs-confirmation")
                        {
                            return ConnectorsFromServer.Of(run);
                        }
                    }
                }
            }
        });

    public Task<Result<IReadOnlyList<Collection>>> CollectAsync(Connector connector, WantedEvidence wanted, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Collection>>(async () =>
        {
            var kinds = wanted.AllKinds();
            var evidence = client.Evidence(connector.Id.Value);
            var asked = new WantedCollection { Kinds = [.. kinds.Select(static kind => EvidenceKinds.Of(kind).Name)], Issue = wanted.Issue, AcceptLoss = wanted.AcceptsLoss };
            var standings = EvidenceFromServer.Of(await evidence.CollectAsync(asked, cancellationToken), connector.Id);
            while (standings.Any(one => kinds.Contains(one.Definition.Kind) && (one.IsRequested || one.Latest is { State: CollectionState.Running } or { State: CollectionState.Complete, Remaining: > 0 })))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
                standings = EvidenceFromServer.Of(await evidence.KindsAsync(cancellationToken), connector.Id);
            }

            return [.. standings.Where(one => kinds.Contains(one.Definition.Kind)).Select(static one => one.Latest).OfType<Collection>()];
        });

    public Task<Result<IReadOnlyList<EvidenceStanding>>> EvidenceAsync(Connector connector, CancellationToken cancellationToken) =>
        AskAsync(async () => EvidenceFromServer.Of(await client.Evidence(connector.Id.Value).KindsAsync(cancellationToken), connector.Id));

    public Task<Result<EvidenceList>> RecordsAsync(EvidenceQuestion question, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var info = EvidenceKinds.Of(question.Kind);
        var query = new EvidenceQuery { At = question.At, Parent = question.Parent, State = question.State, Search = question.Search };
        List<EvidenceRecord> rows = [];
        long? count = null;
        while (true)
        {
            var page = await client.Evidence(question.Connector.Value).ListAsync(info.Name, query with { Limit = Math.Min(PageQuery.MaxLimit, question.Take - rows.Count) }, cancellationToken);
            rows.AddRange(page.Items.Select(row => EvidenceFromServer.Of(row, question.Kind)));
            count ??= page.Total;
            if (page.Next is null || rows.Count == question.Take)
            {
                return new EvidenceList(count, rows, EvidenceFromServer.Of(page.Source, info, question.Connector), []);
            }

            query = query with { Cursor = page.Next };
        }
    });

    public Task<Result<IReadOnlyList<EvidenceRecord>>> RecordHistoryAsync(ConnectorId connector, EvidenceKind kind, string key, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<EvidenceRecord>>(async () =>
            [.. (await client.Evidence(connector.Value).HistoryAsync(EvidenceKinds.Of(kind).Name, new EvidenceHistoryQuery { Key = key }, cancellationToken)).Select(row => EvidenceFromServer.Of(row, kind))]);

    public Task<Result<IReadOnlyList<SyncRun>>> RunsAsync(Connector connector, int limit, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<SyncRun>>(async () =>
            [.. (await client.Runs.ListAsync(connector.Id.Value, new PageQuery { Limit = Math.Min(limit, PageQuery.MaxLimit) }, cancellationToken)).Items.Select(ConnectorsFromServer.Of)]);

    public Task<Result<SyncRun>> RunAsync(SyncRunId run, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Runs.FindAsync(run.Value, cancellationToken)));

    public Task<Result<IReadOnlyList<SyncScope>>> ScopesAsync(SyncRunId run, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<SyncScope>>(async () => [.. (await client.Runs.ScopesAsync(run.Value, cancellationToken)).Select(ConnectorsFromServer.Of)]);

    public Task<Result<LedgerDifference>> DifferenceAsync(SyncRunId run, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Runs.DifferenceAsync(run.Value, cancellationToken)));

    public Task<Result<IReadOnlyList<HeldFact>>> DifferenceFactsAsync(SyncRunId run, int limit, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<HeldFact>>(async () =>
            [.. (await client.Runs.DifferenceFactsAsync(run.Value, new Contracts.Connectors.DifferenceQuery { Limit = Math.Min(limit, PageQuery.MaxLimit) }, cancellationToken)).Select(ConnectorsFromServer.Of)]);

    public Task<Result<SyncRun>> ConfirmAsync(SyncRunId run, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Runs.ConfirmAsync(run.Value, cancellationToken)));

    public Task<Result<SyncRun>> RejectAsync(SyncRunId run, string reason, CancellationToken cancellationToken) =>
        AskAsync(async () => ConnectorsFromServer.Of(await client.Runs.RejectAsync(run.Value, new Rejection { Reason = reason }, cancellationToken)));

    public Task<Result<Answer<Page<MemberLine>>>> MembersAsync(ListQuestion<MemberFilter> question, CancellationToken cancellationToken)
    {
        var filter = question.Filter;
        var query = new MemberQuery
        {
            Text = filter.Text,
            Role = filter.Role,
            State = filter.State is { } state ? Word.Of(state) : null,
            TwoFactor = filter.HasTwoFactor switch { true => "yes", false => "no", null => null },
            InactiveDays = filter.InactiveSince is { } since ? (int)Math.Round((clock.GetUtcNow() - since).TotalDays) : null,
            Team = filter.TeamId,
            WithoutTeam = filter.WithoutTeam ? true : null,
            Sort = filter.Order switch { MemberOrder.LastActive => "active", var order => Word.Of(order) },
            At = question.At,
        };
        return ListAsync((cursor, limit) => Access(question.Connector).MembersAsync(query with { Cursor = cursor, Limit = limit }, cancellationToken), question.Page, FromServer.Line);
    }

    public Task<Result<Answer<Page<TeamLine>>>> TeamsAsync(ListQuestion<TeamFilter> question, CancellationToken cancellationToken)
    {
        var query = new TeamQuery
        {
            Text = question.Filter.Text,
            WithoutMembers = question.Filter.Empty ? true : null,
            WithoutProjects = question.Filter.WithoutProjects ? true : null,
            At = question.At,
        };
        return ListAsync((cursor, limit) => Access(question.Connector).TeamsAsync(query with { Cursor = cursor, Limit = limit }, cancellationToken), question.Page, FromServer.Line);
    }

    public Task<Result<Answer<Page<ProjectLine>>>> ProjectsAsync(ListQuestion<ProjectFilter> question, CancellationToken cancellationToken)
    {
        var filter = question.Filter;
        var query = new ProjectQuery { Text = filter.Text, Platform = filter.Platform, Team = filter.TeamId, WithoutTeam = filter.Orphan ? true : null, At = question.At };
        return ListAsync((cursor, limit) => Access(question.Connector).ProjectsAsync(query with { Cursor = cursor, Limit = limit }, cancellationToken), question.Page, FromServer.Line);
    }

    public Task<Result<Answer<Page<NonHumanFact>>>> NonHumansAsync(ListQuestion<NonHumanFilter> question, CancellationToken cancellationToken)
    {
        var filter = question.Filter;
        var query = new PrincipalQuery
        {
            Text = filter.Text,
            Kind = filter.Kind is { } kind ? Word.Of(kind) : null,
            Scope = filter.Scope,
            Active = filter.IsActive switch { true => "yes", false => "no", null => null },
            At = question.At,
        };
        return ListAsync((cursor, limit) => Access(question.Connector).NonHumansAsync(query with { Cursor = cursor, Limit = limit }, cancellationToken), question.Page, FromServer.Fact);
    }

    public Task<Result<Answer<ProjectAccess>>> WhoReachesAsync(ConnectorId connector, string project, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var found = await Access(connector).ProjectAsync(project, new InstantQuery { At = at }, cancellationToken);
            var members = await AllAsync(
                (cursor, limit) => Access(connector).MembersOfProjectAsync(found.Value.Project.Id, new PairQuery { At = at, Cursor = cursor, Limit = limit }, cancellationToken), int.MaxValue);
            return FromServer.Answer(FromServer.Access(found.Value, members.Rows), found.Freshness);
        });

    public Task<Result<Answer<MemberAccess>>> OfMemberAsync(ConnectorId connector, string member, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var found = await Access(connector).MemberAsync(member, new InstantQuery { At = at }, cancellationToken);
            var projects = await AllAsync(
                (cursor, limit) => Access(connector).ProjectsOfMemberAsync(found.Value.Member.Id, new PairQuery { At = at, Cursor = cursor, Limit = limit }, cancellationToken), int.MaxValue);
            return FromServer.Answer(FromServer.Access(found.Value, projects.Rows), found.Freshness);
        });

    public Task<Result<Answer<AccessExplanation>>> WhyAsync(ConnectorId connector, Pairing pair, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var found = await Access(connector).WhyAsync(new WhyQuery { Member = pair.Member, Project = pair.Project, At = at }, cancellationToken);
            return FromServer.Answer(FromServer.Explanation(found.Value), found.Freshness);
        });

    public Task<Result<Answer<RemovalReport>>> BlastRadiusAsync(ConnectorId connector, RemovalSearch removal, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var query = new BlastRadiusQuery { Member = removal.Member, Team = removal.Team, Project = removal.Project, OpenMembership = removal.OpenMembership ? true : null, At = at };
            var radius = await Access(connector).BlastRadiusAsync(query, cancellationToken);
            var losses = await AllAsync(
                (cursor, limit) => Access(connector).LossesAsync(
                    new LossQuery { Member = query.Member, Team = query.Team, Project = query.Project, OpenMembership = query.OpenMembership, At = at ?? radius.Freshness.At, Cursor = cursor, Limit = limit },
                    cancellationToken),
                int.MaxValue);
            return FromServer.Answer(FromServer.Report(radius.Value, losses.Rows), radius.Freshness);
        });

    public Task<Result<IReadOnlyList<Watchbill.Access.History.HistoryLine>>> HistoryAsync(ConnectorId connector, HistorySearch search, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Watchbill.Access.History.HistoryLine>>(async () =>
        {
            var query = new HistoryQuery { Member = search.Member, Team = search.Team, Project = search.Project };
            var lines = await AllAsync((cursor, limit) => Access(connector).HistoryAsync(query with { Cursor = cursor, Limit = limit }, cancellationToken), int.MaxValue);
            return [.. lines.Rows.Select(line => FromServer.Line(line, connector))];
        });

    public Task<Result<TeamNode>> TeamAsync(ConnectorId connector, string team, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var found = (await Access(connector).TeamAsync(team, new InstantQuery(), cancellationToken)).Value.Team;
            return FromServer.Team(new TeamName(found.Id, found.Slug));
        });

    public Task<Result<Answer<IReadOnlyList<StrikingFact>>>> StrikingFactsAsync(ConnectorId connector, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var overview = await Access(connector).OverviewAsync(new InstantQuery { At = at }, cancellationToken);
            return FromServer.Answer<IReadOnlyList<StrikingFact>>([.. overview.Value.Facts.Select(FromServer.Fact)], overview.Freshness);
        });

    public Task<Result<Answer<ChangesBetween>>> ChangesAsync(ConnectorId connector, DateTimeOffset since, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var before = await Access(connector).OverviewAsync(new InstantQuery { At = since }, cancellationToken);
            var query = new ChangeQuery { Since = since, Until = at };
            var changes = await AllAsync((cursor, limit) => Access(connector).ChangesAsync(query with { Cursor = cursor, Limit = limit }, cancellationToken), int.MaxValue);
            return FromServer.Answer(
                new ChangesBetween(since, before.Value.Slug is not null, [.. changes.Rows.Select(FromServer.Change)]),
                changes.Freshness);
        });

    private AccessClient Access(ConnectorId connector) => client.Access(connector.Value);

    public IProvisioning Provisioning => new ProvisioningOnServer(client, clock);

    public IAccessRequests Requests => new AccessRequestsOnServer(client.Requests);

    public IEvidenceLog EvidenceLog => new EvidenceLogOnServer(client.EvidenceLog);

    public IEvidencePacks EvidencePacks => new EvidencePacksOnServer(client.EvidencePacks);

    public IActions Actions => new ActionsOnServer(client.Compliance);

    public IFrameworks Frameworks => new FrameworksOnServer(client.Compliance);

    public IChecks Checks => new ChecksOnServer(client.Compliance);

    public IReviews Reviews => new ReviewsOnServer(client.Reviews);

    private static Task<Result<Answer<Page<TLine>>>> ListAsync<TRow, TLine>(Func<string?, int, Task<AccessPage<TRow>>> part, PageRequest page, Func<TRow, TLine> line) =>
        AskAsync(async () =>
        {
            var all = await AllAsync(part, page.Limit);
            return FromServer.Answer(new Page<TLine>([.. all.Rows.Select(line)], all.Total, page.Offset), all.Freshness);
        });

    /// <summary>A list from its beginning, part by part, until enough rows are there.</summary>
    private static async Task<Read<TRow>> AllAsync<TRow>(Func<string?, int, Task<AccessPage<TRow>>> part, int most)
    {
        List<TRow> rows = [];
        AccessPage<TRow> page;
        string? cursor = null;
        do
        {
            page = await part(cursor, Math.Min(most - rows.Count, PageQuery.MaxLimit));
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && rows.Count < most);

        return new Read<TRow>(rows, page.Total, page.Freshness);
    }

    /// <summary>What the server refuses, commands are told as if the product had refused it here.</summary>
    internal static async Task<Result<T>> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return Result.Of(await ask());
        }
        catch (WatchbillApiException refused)
        {
            return ServerRefusals.Of(refused);
        }
    }

    private sealed record Read<TRow>(IReadOnlyList<TRow> Rows, int Total, Contracts.Access.Freshness Freshness);
}
