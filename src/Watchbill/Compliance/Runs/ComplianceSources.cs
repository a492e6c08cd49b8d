using Watchbill.Compliance.Postures;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>How all sources of compliance stand now: what was read of each, when, and what is missing and why. Whoever may read access may ask.</summary>
public sealed class ComplianceSources
{
    /// <summary>The most sources on one page.</summary>
    public const int MostRows = 100;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly TimeProvider _clock;

    internal ComplianceSources(Database database, ConnectorStore connectors, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _clock = clock;
    }

    /// <summary>A page of them, by name.</summary>
    public async Task<Result<ComplianceSourceList>> ListAsync(int skip, int take, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (skip < 0 || take is < 1 or > MostRows)
        {
            return ComplianceRefusals.BadPage();
        }

        var connectors = await _connectors.ListAsync(cancellationToken);
        List<ComplianceSource> sources = [];
        foreach (var connector in connectors.Skip(skip).Take(take))
        {
            sources.Add(await _database.InSnapshotAsync(session => ReadAsync(session, connector, cancellationToken), cancellationToken));
        }

        return new ComplianceSourceList(sources, connectors.Count);
    }

    private async Task<ComplianceSource> ReadAsync(ReadSession session, ConnectorRow connector, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var inputs = await new PostureReader(session, new PostureRequest(connector, now, [], now), cancellationToken).InputsAsync();
        var run = await CheckRunStore.LatestAsync(session, connector.Id, cancellationToken);
        return new ComplianceSource(connector.ToConnector(), [.. inputs.Select(static input => new InputStanding(CheckInputs.TitleOf(input.Key), input.Value.ReadAt, input.Value.Problem) { IsCollected = CheckInputs.KindOf(input.Key) is not null })])
        {
            RunAt = run?.At,
            Outcomes = run is null ? null : Outcomes.Of((await CheckRunStore.LinesAsync(session, [run.Id], cancellationToken)).Select(static line => line.Outcome)),
        };
    }
}

/// <summary>A page of sources.</summary>
/// <param name="Rows">Those on this page.</param>
/// <param name="Count">How many there are on all pages.</param>
public sealed record ComplianceSourceList(IReadOnlyList<ComplianceSource> Rows, int Count);

/// <summary>How one source stands.</summary>
/// <param name="Connector">Which one.</param>
/// <param name="Inputs">What checks rest on, each with when it was last read completely, and why nothing may be concluded from it where that is so.</param>
public sealed record ComplianceSource(Connector Connector, IReadOnlyList<InputStanding> Inputs)
{
    /// <summary>When its checks were last run; null for never.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>What they said; null for never.</summary>
    public Outcomes? Outcomes { get; init; }

    /// <summary>What cannot be relied on.</summary>
    public IEnumerable<InputStanding> Missing => Inputs.Where(static input => input.Problem is not null);
}
