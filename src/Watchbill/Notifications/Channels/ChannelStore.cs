using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Notifications.Channels;

/// <summary>The SQL of channels.</summary>
internal static class ChannelStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ChannelKind), typeof(string));
        builder.Entity<ChannelRow>().HasTableName("channel").HasIdentityKey(row => row.Id);
    });

    /// <summary>Those that were not removed, by name.</summary>
    public static async Task<IReadOnlyList<ChannelRow>> ListAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<ChannelRow>().Where(row => row.RemovedAt == null).OrderBy(row => row.Name).ToListAsync(cancellationToken);

    public static Task<ChannelRow?> FindAsync(DatabaseSession session, ChannelId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<ChannelRow>().FirstOrDefaultAsync(row => row.Id == id && row.RemovedAt == null, cancellationToken);

    public static async Task<ChannelId> InsertAsync(Transaction transaction, ChannelRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task UpdateAsync(Transaction transaction, ChannelRow row, CancellationToken cancellationToken) =>
        transaction.Connection.UpdateAsync(row, token: cancellationToken);
}

/// <summary>A row of the channels' table. Address and secret are in it only as the vault's ciphertext.</summary>
internal sealed record ChannelRow
{
    public ChannelId Id { get; init; }

    public required string Name { get; init; }

    public ChannelKind Kind { get; init; }

    public required string Host { get; init; }

    public required string ProtectedAddress { get; init; }

    public string? ProtectedSecret { get; init; }

    /// <summary>The kinds of announcements, with a space between; empty for all.</summary>
    public required string About { get; init; }

    public ConnectorId? ConnectorId { get; init; }

    public bool AllowPrivateNetworks { get; init; }

    public bool IsOn { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public IReadOnlyList<string> Kinds => About.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool Wants(Announcement announcement) =>
        IsOn && (Kinds.Count == 0 || Kinds.Contains(announcement.Kind)) && (ConnectorId is null || ConnectorId == announcement.Connector);

    public Channel ToChannel(Mail? latest) => new()
    {
        Id = Id,
        Name = Name,
        Kind = Kind,
        Host = Host,
        About = Kinds,
        Connector = ConnectorId,
        AllowPrivateNetworks = AllowPrivateNetworks,
        IsOn = IsOn,
        CreatedAt = CreatedAt,
        Latest = latest,
    };
}
