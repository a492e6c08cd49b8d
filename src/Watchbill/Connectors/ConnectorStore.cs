using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Access;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>The connectors' table. The token is in it only as the vault's ciphertext.</summary>
internal sealed class ConnectorStore(Database database)
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ConnectorState), typeof(string));
        builder.Entity<ConnectorRow>().HasIdentityKey(row => row.Id);
    });

    public async Task<ConnectorId> InsertAsync(Transaction transaction, ConnectorRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public async Task<IReadOnlyList<ConnectorRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await session.ReadWholeAsync<ConnectorRow>("SELECT * FROM connector ORDER BY name", [], cancellationToken);
    }

    public async Task<ConnectorRow?> FindAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return (await session.ReadWholeAsync<ConnectorRow>("SELECT * FROM connector WHERE id = @id", [("id", id.Value)], cancellationToken)).FirstOrDefault();
    }

    /// <summary>A connector through which Sentry can be asked, or why there is none.</summary>
    public async Task<Result<ConnectorRow>> FindWithTokenAsync(ConnectorId id, CancellationToken cancellationToken) => await FindAsync(id, cancellationToken) switch
    {
        null => SyncRefusals.NoSuchConnector(id.ToString()),
        { ProtectedToken: null } connector => SyncRefusals.NoToken(connector.Name),
        var connector => connector,
    };

    /// <summary>How many scopes of each connector are stale.</summary>
    public async Task<IReadOnlyDictionary<ConnectorId, int>> StaleScopesAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var counts = await connection.GetTable<ScopeState>().Where(state => state.StaleSince != null)
            .GroupBy(state => state.ConnectorId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return counts.ToDictionary(static count => count.Key, static count => count.Count);
    }

    /// <summary>Names of applications, each once, in order.</summary>
    public async Task<IReadOnlyList<string>> ApplicationsAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var names = await connection.GetTable<ConnectorRow>().Where(row => row.Application != null).Select(row => row.Application!).Distinct().ToListAsync(cancellationToken);
        return [.. names.Order(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Remembers which organization the slug meant when it was first read; a later different one is refused.</summary>
    public Task SetOrganizationAsync(Transaction transaction, ConnectorId id, string organizationId, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ConnectorRow>()
            .Where(row => row.Id == id && row.OrganizationId == null)
            .Set(row => row.OrganizationId, organizationId)
            .UpdateAsync(cancellationToken);

    public Task<ConnectorRow?> FindAsync(Transaction transaction, ConnectorId id, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ConnectorRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Whether a connector other than this one has the name.</summary>
    public Task<bool> NameIsTakenAsync(Transaction transaction, string name, ConnectorId except, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ConnectorRow>().AnyAsync(row => row.Name == name && row.Id != except, cancellationToken);

    /// <summary>Writes what was edited, if nobody else did since the version that was shown.</summary>
    public async Task<bool> TryEditAsync(Transaction transaction, ConnectorRow edited, long expectedVersion, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ConnectorRow>()
            .Where(row => row.Id == edited.Id && row.Version == expectedVersion)
            .Set(row => row.Version, expectedVersion + 1)
            .Set(row => row.Name, edited.Name)
            .Set(row => row.Application, edited.Application)
            .Set(row => row.Address, edited.Address)
            .Set(row => row.OrganizationSlug, edited.OrganizationSlug)
            .Set(row => row.OrganizationId, edited.OrganizationId)
            .Set(row => row.BudgetShare, edited.BudgetShare)
            .Set(row => row.AllowPrivateNetworks, edited.AllowPrivateNetworks)
            .Set(row => row.Schedule, edited.Schedule)
            .Set(row => row.ProtectedToken, edited.ProtectedToken)
            .Set(row => row.TokenKind, edited.TokenKind)
            .Set(row => row.TokenLastFour, edited.TokenLastFour)
            .Set(row => row.BlindSpots, edited.BlindSpots)
            .Set(row => row.ProtectedWriteToken, edited.ProtectedWriteToken)
            .Set(row => row.WriteTokenKind, edited.WriteTokenKind)
            .Set(row => row.WriteTokenLastFour, edited.WriteTokenLastFour)
            .Set(row => row.WritesSince, edited.WritesSince)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Moves the connector unless it is in one of the states that only a person may leave.</summary>
    /// <returns>Whether it moved.</returns>
    public async Task<bool> TryMoveAsync(Transaction transaction, ConnectorId id, StateChange change, CancellationToken cancellationToken) =>
        await transaction.Connection.ExecuteAsync(
            $"""
            UPDATE connector SET
                state = @state,
                state_reason = @reason,
                state_since = @since,
                failed_runs = {change.Failed switch { null => "failed_runs", true => "failed_runs + 1", false => "0" }}
            WHERE id = @id AND state IN ({string.Join(", ", change.From.Select(static state => $"'{state}'"))})
            """,
            cancellationToken,
            StoreParameters.Number("id", id.Value),
            StoreParameters.Text("state", change.To.ToString()),
            StoreParameters.Text("reason", change.Reason),
            StoreParameters.Number("since", Conventions.ToMicroseconds(change.At))) == 1;

    public async Task<bool> TryReplaceTokenAsync(Transaction transaction, TokenReplacement token, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ConnectorRow>()
            .Where(row => row.Id == token.Connector)
            .Set(row => row.ProtectedToken, token.ProtectedToken)
            .Set(row => row.TokenKind, token.Kind)
            .Set(row => row.TokenLastFour, token.LastFour)
            .Set(row => row.OrganizationId, row => row.OrganizationId ?? token.OrganizationId)
            .Set(row => row.BlindSpots, row => token.Probed ? token.BlindSpots : row.BlindSpots)
            .Set(row => row.Version, row => row.Version + 1)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Lets changes be made with a token, or with the one that reads, or lets none be made.</summary>
    public async Task<bool> TrySetWritingAsync(Transaction transaction, ConnectorId id, WritingChange writing, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ConnectorRow>()
            .Where(row => row.Id == id)
            .Set(row => row.ProtectedWriteToken, writing.ProtectedToken)
            .Set(row => row.WriteTokenKind, writing.TokenKind)
            .Set(row => row.WriteTokenLastFour, writing.TokenLastFour)
            .Set(row => row.WritesSince, writing.Since)
            .Set(row => row.Version, row => row.Version + 1)
            .UpdateAsync(cancellationToken) == 1;

    public async Task<bool> DeleteAsync(Transaction transaction, ConnectorId id, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ConnectorRow>().DeleteAsync(row => row.Id == id, cancellationToken) == 1;
}

/// <summary>A guarded move of a connector from one of some states to another.</summary>
/// <param name="From">The states it may leave.</param>
/// <param name="To">The state it enters.</param>
/// <param name="Reason">Why, in one sentence; null when the state says it all.</param>
/// <param name="At">When.</param>
/// <param name="Failed">True counts a failed run, false ends the count, null leaves it.</param>
internal sealed record StateChange(IReadOnlyList<ConnectorState> From, ConnectorState To, string? Reason, DateTimeOffset At, bool? Failed = null);

/// <summary>A new token for a connector.</summary>
internal sealed record TokenReplacement(ConnectorId Connector, string ProtectedToken, string Kind, string LastFour)
{
    /// <summary>Whether it was tried out, so that its blind spots are known.</summary>
    public bool Probed { get; init; }

    /// <summary>What it cannot see, one sentence per line; null when nothing.</summary>
    public string? BlindSpots { get; init; }

    /// <summary>Sentry's id of the organization it reads; null when not known.</summary>
    public string? OrganizationId { get; init; }
}

/// <summary>Whether changes may be made, and with which token.</summary>
/// <param name="Since">Since when they may; null for not.</param>
internal sealed record WritingChange(DateTimeOffset? Since)
{
    public string? ProtectedToken { get; init; }

    public string? TokenKind { get; init; }

    public string? TokenLastFour { get; init; }
}

/// <summary>A row of the connectors' table.</summary>
internal sealed record ConnectorRow
{
    public ConnectorId Id { get; init; }

    public required string Name { get; init; }

    public string? Application { get; init; }

    public required string Address { get; init; }

    public required string OrganizationSlug { get; init; }

    public string? OrganizationId { get; init; }

    public string? ProtectedToken { get; init; }

    public string? TokenKind { get; init; }

    public string? TokenLastFour { get; init; }

    public double BudgetShare { get; init; }

    public bool AllowPrivateNetworks { get; init; }

    public ConnectorState State { get; init; }

    public string? StateReason { get; init; }

    public DateTimeOffset StateSince { get; init; }

    public int FailedRuns { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the credentials cannot see, one sentence per line; null when nothing.</summary>
    public string? BlindSpots { get; init; }

    /// <summary>Grows with every edit.</summary>
    public long Version { get; init; } = 1;

    /// <summary>See <see cref="SyncSchedule"/>.</summary>
    public string Schedule { get; init; } = SyncSchedule.ByHand;

    /// <summary>The token for changes; null when the one that reads makes them too.</summary>
    public string? ProtectedWriteToken { get; init; }

    public string? WriteTokenKind { get; init; }

    public string? WriteTokenLastFour { get; init; }

    /// <summary>Since when changes may be made; null while they may not.</summary>
    public DateTimeOffset? WritesSince { get; init; }

    public Connector ToConnector() => new()
    {
        Id = Id,
        Name = Name,
        Application = Application,
        Address = new Uri(Address),
        OrganizationSlug = OrganizationSlug,
        OrganizationId = OrganizationId,
        TokenKind = TokenKind,
        TokenLastFour = TokenLastFour,
        BudgetShare = BudgetShare,
        AllowPrivateNetworks = AllowPrivateNetworks,
        State = State,
        StateReason = StateReason,
        StateSince = StateSince,
        FailedRuns = FailedRuns,
        CreatedAt = CreatedAt,
        Version = Version,
        Schedule = SyncSchedule.FromStored(Schedule),
        WriteTokenKind = WriteTokenKind,
        WriteTokenLastFour = WriteTokenLastFour,
        WritesSince = WritesSince,
        BlindSpots = BlindSpots is null ? [] : BlindSpots.Split('\n'),
    };
}
