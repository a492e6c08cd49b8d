using Watchbill.Access;
using Watchbill.Kernel;

namespace Watchbill.Connectors.Sentry;

/// <summary>What a read of an organization starts from.</summary>
internal sealed record ReadRequest
{
    /// <summary>The connector.</summary>
    public required ConnectorId Connector { get; init; }

    /// <summary>The organization's slug as configured.</summary>
    public required string OrganizationSlug { get; init; }

    /// <summary>Sentry's id of the organization as it was found before; null on the first run.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>What the ledger knows of each scope.</summary>
    public required IReadOnlyDictionary<string, ScopeState> Known { get; init; }

    /// <summary>Scopes that an interrupted run read completely a short time ago; they are not read again.</summary>
    public IReadOnlySet<string> AlreadyRead { get; init; } = new HashSet<string>();

    /// <summary>Everything, or only what changed.</summary>
    public SyncMode Mode { get; init; }

    /// <summary>The time between two full runs.</summary>
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many facts of the scope are in the ledger; 0 when it was never read completely.</summary>
    public long KnownRows(string scope) => Known.TryGetValue(scope, out var state) && state.LastCompleteAt is not null ? state.RowCount : 0;

    /// <summary>
    /// Whether one read of a list of several pages is enough: it says what the ledger holds already, so that nothing can be closed by it. A row that
    /// slipped between two pages would make it differ, and it would be read again.
    /// </summary>
    public bool IsKnownAlready(Observation observation) => Known.TryGetValue(observation.Scope, out var state) && state.IsSaidAgainBy(observation);

    /// <summary>An empty answer is never "none" where there were some: a proxy or a lost right answers the same.</summary>
    public void Believe(int count, string scope)
    {
        if (count == 0 && KnownRows(scope) > 0)
        {
            throw new UnbelievableAnswerException(
                $"Sentry listed no {scope} although {KnownRows(scope)} rows were known. If all were really deleted, remove the source and connect it again.");
        }
    }
}
