using Watchbill.Access;
using Watchbill.Connectors;
using Watchbill.Connectors.Sentry;
using Watchbill.Evidence;
using Watchbill.Storage;

namespace Watchbill.Compliance.Postures;

/// <summary>What a posture is read for.</summary>
/// <param name="Connector">Of which connector.</param>
/// <param name="At">When.</param>
/// <param name="Events">Sentry's names of the log's events that are wanted; one that ends in <c>*</c> stands for all that begin so.</param>
/// <param name="LogSince">From when on lines are wanted.</param>
internal sealed record PostureRequest(ConnectorRow Connector, DateTimeOffset At, IReadOnlyList<string> Events, DateTimeOffset LogSince);

/// <summary>Reads everything that checks ask for, on one unchanging state of the database.</summary>
internal sealed class PostureReader(ReadSession session, PostureRequest request, CancellationToken cancellationToken)
{
    /// <summary>What is older than this says nothing about today.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromDays(3);

    private readonly PostureStore _store = new(session, request.Connector.Id, cancellationToken);

    public async Task<Posture> ReadAsync()
    {
        var readings = await ReadingsAsync();
        var inputs = InputsOf(readings);
        var organization = await _store.OrganizationAsync();
        var (issues, issueCount) = await _store.IssuesAsync();
        var (members, nonHumans) = await _store.PrincipalsAsync();
        var json = EvidenceJson.Default;
        return new Posture
        {
            At = request.At,
            Self = new CheckResource(ResourceKind.Organization, request.Connector.OrganizationId ?? request.Connector.OrganizationSlug, request.Connector.OrganizationSlug),
            IsSelfHosted = !SentryClients.IsOnCloud(request.Connector.Address),
            Inputs = inputs,
            Organization = organization,
            Settings = PostureStore.SettingsOf(organization),
            AuthProvider = await _store.AuthProviderAsync(),
            Members = members,
            Teams = await _store.TeamsAsync(),
            Projects = await _store.ProjectsAsync(),
            NonHumans = nonHumans,
            Issues = issues,
            IssueCount = issueCount,
            Releases = await _store.CollectedAsync(EvidenceKind.Releases, json.ReleaseDocument, json.ReleaseCounters),
            Deploys = await _store.CollectedAsync(EvidenceKind.Deploys, json.DeployDocument),
            Commits = await _store.CommitsAsync(),
            Repositories = await _store.CollectedAsync(EvidenceKind.Repositories, json.RepositoryDocument),
            Monitors = await _store.CollectedAsync(EvidenceKind.Monitors, json.MonitorDocument),
            Detectors = await _store.CollectedAsync(EvidenceKind.Detectors, json.DetectorDocument),
            Workflows = await _store.CollectedAsync(EvidenceKind.Workflows, json.WorkflowDocument),
            Forwarders = await _store.CollectedAsync(EvidenceKind.Forwarding, json.ForwardingDocument),
            Relays = await _store.CollectedAsync(EvidenceKind.Relays, json.RelayDocument, json.RelayCounters),
            Log = await _store.LogAsync(request.Events, request.LogSince),
            LogReach = await _store.ReachAsync(),
            OldestLogLine = await _store.OldestLogLineAsync(),
            Acknowledged = await _store.AcknowledgedAsync(),
            StrangeAddresses = await _store.StrangeAddressesAsync(request.LogSince),
            ClockSkew = await _store.ClockSkewAsync(),
            Readings = [.. readings.Values.OrderBy(static reading => reading.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>How each input stands, without reading what it holds.</summary>
    public async Task<IReadOnlyDictionary<CheckInput, InputState>> InputsAsync() => InputsOf(await ReadingsAsync());

    private Dictionary<CheckInput, InputState> InputsOf(Dictionary<string, ReadingPosture> readings) => Enum.GetValues<CheckInput>().ToDictionary(static input => input, input => StateOf(input, readings));

    /// <summary>Every part of the ledger and every kind of evidence, by name.</summary>
    private async Task<Dictionary<string, ReadingPosture>> ReadingsAsync()
    {
        var readings = (await _store.ScopesAsync()).ToDictionary(static reading => reading.Name, StringComparer.Ordinal);
        var complete = (await CollectionStore.LatestAsync(session, request.Connector.Id, complete: true, cancellationToken)).ToDictionary(static row => row.Kind);
        var latest = (await CollectionStore.LatestAsync(session, request.Connector.Id, complete: false, cancellationToken)).ToDictionary(static row => row.Kind);
        foreach (var kind in EvidenceKinds.All.Where(static kind => !kind.IsOnDemand))
        {
            readings[kind.Name] = Of(kind, complete.GetValueOrDefault(kind.Kind)?.ToCollection(), latest.GetValueOrDefault(kind.Kind)?.ToCollection());
        }

        return readings;
    }

    private static ReadingPosture Of(EvidenceDefinition kind, Collection? complete, Collection? latest) => new(kind.Name, kind.Title)
    {
        CompleteAt = complete?.StartedAt,

        // A collection whose process was stopped says nothing against the one before.
        Problem = latest is { State: CollectionState.Failed or CollectionState.Unavailable } ? latest.Note ?? $"The collection is {latest.State}."
            : complete is { Remaining: > 0 } ? $"{complete.Remaining} of its parts are still to be read."
            : null,
        IsUnavailable = latest?.State is CollectionState.Unavailable,
        Rows = kind.Part is null ? complete?.Rows : null,
        Reported = kind.Part is null ? complete?.Reported : null,
    };

    private InputState StateOf(CheckInput input, Dictionary<string, ReadingPosture> readings)
    {
        var name = CheckInputs.KindOf(input) is { } kind ? EvidenceKinds.Of(kind).Name : CheckInputs.ScopeOf(input)!;
        var reading = readings.GetValueOrDefault(name);
        var own = StateOf(input, reading);

        // Who is on a team is read team by team.
        return input is CheckInput.Teams && own.Problem is null ? StateOf(input, readings.GetValueOrDefault(Scope.TeamMembersFamily)) with { ReadAt = own.ReadAt } : own;
    }

    private InputState StateOf(CheckInput input, ReadingPosture? reading)
    {
        var title = CheckInputs.TitleOf(input);
        return new InputState(reading?.CompleteAt, reading switch
        {
            null or { CompleteAt: null, Problem: null } => $"{title}: never read completely. The token needs {CheckInputs.RightFor(input)}.",
            { Problem: { } problem } => $"{title}: not read completely. {problem} The token needs {CheckInputs.RightFor(input)}.",
            { CompleteAt: { } at } when at < request.At - MostAge => $"{title}: read last on {at:yyyy-MM-dd}, too long ago to say anything about today.",
            _ => null,
        })
        {
            IsAwaited = reading is null or { CompleteAt: null, Problem: null },
        };
    }
}
