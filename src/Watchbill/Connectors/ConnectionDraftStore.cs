using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Connections that are being tried out. The token is in them only as the vault's ciphertext.</summary>
internal sealed class ConnectionDraftStore(Database database)
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<ConnectionDraftRow>().HasKey(row => row.Id));

    public async Task InsertAsync(ConnectionDraftRow row, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        await connection.InsertAsync(row, token: cancellationToken);
    }

    /// <summary>The draft, if this actor made it and it has not expired.</summary>
    public async Task<ConnectionDraftRow?> FindAsync(string id, string actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<ConnectionDraftRow>().FirstOrDefaultAsync(row => row.Id == id && row.Actor == actor && row.ExpiresAt > now, cancellationToken);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        await connection.GetTable<ConnectionDraftRow>().DeleteAsync(row => row.Id == id, cancellationToken);
    }

    public async Task DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        await connection.GetTable<ConnectionDraftRow>().DeleteAsync(row => row.ExpiresAt <= now, cancellationToken);
    }

    public Task DeleteAllAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ConnectionDraftRow>().DeleteAsync(row => row.ConnectorId == connector.Value, cancellationToken);
}

/// <summary>A row of the drafts' table.</summary>
internal sealed class ConnectionDraftRow
{
    public required string Id { get; init; }

    /// <summary>The connector whose token is replaced; null for a new one.</summary>
    public long? ConnectorId { get; init; }

    /// <summary>Who tries it out: nobody else may use it.</summary>
    public required string Actor { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public required string ProtectedToken { get; init; }

    public required string TokenKind { get; init; }

    public required string TokenLastFour { get; init; }

    public required string Details { get; init; }

    public required string Report { get; init; }

    public ConnectionDraft ToDraft() => new()
    {
        Id = Id,
        Connector = ConnectorId is { } id ? new ConnectorId(id) : null,
        Details = JsonSerializer.Deserialize(Details, DraftJson.Default.ConnectorDetails)!,
        TokenKind = TokenKind,
        TokenLastFour = TokenLastFour,
        Report = JsonSerializer.Deserialize(Report, DraftJson.Default.PreflightReport)!,
        ExpiresAt = ExpiresAt,
    };
}
