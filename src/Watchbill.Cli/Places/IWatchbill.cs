using Watchbill.Access;
using Watchbill.Access.Changes;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Access.Striking;
using Watchbill.Connectors;
using Watchbill.Connectors.Collecting;
using Watchbill.Connectors.Preflight;
using Watchbill.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask of Watchbill, wherever it is: in the database at hand, or on a server.</summary>
internal interface IWatchbill
{
    Task<Result<IReadOnlyList<Connector>>> ConnectorsAsync(CancellationToken cancellationToken);

    Task<Result<Connector>> EditAsync(Connector connector, ConnectorChange change, CancellationToken cancellationToken);

    Task<Result<Connector>> PauseAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<Connector>> ResumeAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<Connector>> RemoveAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<Connector>> RotateTokenAsync(Connector connector, string token, CancellationToken cancellationToken);

    Task<Result<Connected>> ConnectAsync(ConnectInput input, bool saveAnyway, CancellationToken cancellationToken);

    Task<Result<PreflightReport>> PreflightAsync(PreflightRequest request, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<ScopeState>>> ScopeStatesAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<SyncPlan>> PlanAsync(Connector connector, CancellationToken cancellationToken);

    Task<Result<SyncRun>> SyncAsync(Connector connector, SyncMode mode, IProgress<SyncProgress> progress, CancellationToken cancellationToken);

    /// <summary>Collects evidence to its end; what could not be read is among the answers.</summary>
    Task<Result<IReadOnlyList<Collection>>> CollectAsync(Connector connector, WantedEvidence wanted, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<EvidenceStanding>>> EvidenceAsync(Connector connector, CancellationToken cancellationToken);

    /// <summary>The first records, as many as were asked for, however many that are.</summary>
    Task<Result<EvidenceList>> RecordsAsync(EvidenceQuestion question, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<EvidenceRecord>>> RecordHistoryAsync(ConnectorId connector, EvidenceKind kind, string key, CancellationToken cancellationToken);

    /// <summary>Changes in Sentry.</summary>
    IProvisioning Provisioning { get; }

    /// <summary>Access reviews.</summary>
    IReviews Reviews { get; }

    IAccessRequests Requests { get; }

    /// <summary>The evidence log.</summary>
    IEvidenceLog EvidenceLog { get; }

    /// <summary>Evidence packs.</summary>
    IEvidencePacks EvidencePacks { get; }

    /// <summary>Actions.</summary>
    IActions Actions { get; }

    /// <summary>Frameworks.</summary>
    IFrameworks Frameworks { get; }

    /// <summary>Checks.</summary>
    IChecks Checks { get; }

    Task<Result<IReadOnlyList<SyncRun>>> RunsAsync(Connector connector, int limit, CancellationToken cancellationToken);

    Task<Result<SyncRun>> RunAsync(SyncRunId run, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<SyncScope>>> ScopesAsync(SyncRunId run, CancellationToken cancellationToken);

    Task<Result<LedgerDifference>> DifferenceAsync(SyncRunId run, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<HeldFact>>> DifferenceFactsAsync(SyncRunId run, int limit, CancellationToken cancellationToken);

    Task<Result<SyncRun>> ConfirmAsync(SyncRunId run, CancellationToken cancellationToken);

    Task<Result<SyncRun>> RejectAsync(SyncRunId run, string reason, CancellationToken cancellationToken);

    Task<Result<Answer<Page<MemberLine>>>> MembersAsync(ListQuestion<MemberFilter> question, CancellationToken cancellationToken);

    Task<Result<Answer<Page<TeamLine>>>> TeamsAsync(ListQuestion<TeamFilter> question, CancellationToken cancellationToken);

    Task<Result<Answer<Page<ProjectLine>>>> ProjectsAsync(ListQuestion<ProjectFilter> question, CancellationToken cancellationToken);

    Task<Result<Answer<Page<NonHumanFact>>>> NonHumansAsync(ListQuestion<NonHumanFilter> question, CancellationToken cancellationToken);

    Task<Result<Answer<ProjectAccess>>> WhoReachesAsync(ConnectorId connector, string project, DateTimeOffset? at, CancellationToken cancellationToken);

    Task<Result<Answer<MemberAccess>>> OfMemberAsync(ConnectorId connector, string member, DateTimeOffset? at, CancellationToken cancellationToken);

    Task<Result<Answer<AccessExplanation>>> WhyAsync(ConnectorId connector, Pairing pair, DateTimeOffset? at, CancellationToken cancellationToken);

    Task<Result<Answer<RemovalReport>>> BlastRadiusAsync(ConnectorId connector, RemovalSearch removal, DateTimeOffset? at, CancellationToken cancellationToken);

    Task<Result<IReadOnlyList<HistoryLine>>> HistoryAsync(ConnectorId connector, HistorySearch search, CancellationToken cancellationToken);

    Task<Result<TeamNode>> TeamAsync(ConnectorId connector, string team, CancellationToken cancellationToken);

    Task<Result<Answer<IReadOnlyList<StrikingFact>>>> StrikingFactsAsync(ConnectorId connector, DateTimeOffset? at, CancellationToken cancellationToken);

    Task<Result<Answer<ChangesBetween>>> ChangesAsync(ConnectorId connector, DateTimeOffset since, DateTimeOffset? at, CancellationToken cancellationToken);
}

/// <summary>Asks for a list.</summary>
/// <param name="Connector">Of which organization.</param>
/// <param name="Filter">What to show.</param>
/// <param name="Page">Which part.</param>
/// <param name="At">The instant; null for now.</param>
internal sealed record ListQuestion<TFilter>(ConnectorId Connector, TFilter Filter, PageRequest Page, DateTimeOffset? At);

/// <summary>A member and a project, as a person names them.</summary>
internal sealed record Pairing(string Member, string Project);

/// <summary>What taking something away in Sentry would take away.</summary>
/// <param name="Sentence">It, in words.</param>
/// <param name="Ends">Accesses that would end.</param>
/// <param name="Narrows">Accesses that would be left with less.</param>
/// <param name="Stays">Accesses it touches that would be as they are.</param>
/// <param name="People">People who would lose an access.</param>
/// <param name="Losses">The accesses, those that end first.</param>
/// <param name="Notes">What a reader must know.</param>
internal sealed record RemovalReport(string Sentence, long Ends, long Narrows, long Stays, int People, IReadOnlyList<Loss> Losses, IReadOnlyList<AccessNote> Notes);

/// <summary>What differs between two instants.</summary>
/// <param name="Since">The earlier one.</param>
/// <param name="WasRead">Whether anything is known of it; else there is nothing to compare with.</param>
/// <param name="Changes">What differs.</param>
internal sealed record ChangesBetween(DateTimeOffset Since, bool WasRead, IReadOnlyList<AccessChange> Changes);

/// <summary>What becomes different about a connector; null leaves it.</summary>
internal sealed record ConnectorChange(string? Name, string? Application, string? Schedule, double? BudgetShare);
