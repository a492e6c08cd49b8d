using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities;

/// <summary>The SQL of directories, the people in them, and the files that somebody is looking at.</summary>
internal static class IdentityStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(DirectoryKind), typeof(string));
        builder.Entity<DirectoryRow>().HasTableName("identity_directory").HasIdentityKey(row => row.Id);
        builder.Entity<IdentityRow>().HasTableName("identity").HasIdentityKey(row => row.Id).Property(row => row.IsDeleted).IsNotColumn();
        builder.Entity<UploadRow>().HasTableName("identity_upload").HasKey(row => row.Id);
    });

    public static async Task<DirectoryId> InsertAsync(Transaction transaction, DirectoryRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task<List<DirectoryRow>> DirectoriesAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DirectoryRow>().Where(row => row.RemovedAt == null).OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task<DirectoryRow?> FindDirectoryAsync(DatabaseSession session, DirectoryId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DirectoryRow>().FirstOrDefaultAsync(row => row.Id == id && row.RemovedAt == null, cancellationToken);

    public static Task<DirectoryRow?> FindByTokenAsync(DatabaseSession session, string digest, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DirectoryRow>().FirstOrDefaultAsync(row => row.TokenDigest == digest && row.RemovedAt == null, cancellationToken);

    public static Task UpdateDirectoryAsync(Transaction transaction, DirectoryRow row, CancellationToken cancellationToken) =>
        transaction.Connection.UpdateAsync(row, token: cancellationToken);

    public static Task SetTokenUsedAsync(Transaction transaction, DirectoryId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<DirectoryRow>().Where(row => row.Id == id).Set(row => row.TokenUsedAt, at).UpdateAsync(cancellationToken);

    /// <summary>Counts a change of the directory's people up, so that every process notices.</summary>
    public static Task TouchAsync(Transaction transaction, DirectoryId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<DirectoryRow>().Where(row => row.Id == id)
            .Set(row => row.FilledAt, at)
            .Set(row => row.Version, row => row.Version + 1)
            .UpdateAsync(cancellationToken);

    /// <summary>Changes whenever anything about any directory's people does.</summary>
    public static async Task<string> VersionAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var rows = await session.Connection.GetTable<DirectoryRow>().OrderBy(row => row.Id).Select(row => new { row.Id, row.Version, row.RemovedAt }).ToListAsync(cancellationToken);
        return string.Join(' ', rows.Select(static row => $"{row.Id}:{row.Version}:{row.RemovedAt is null}"));
    }

    /// <summary>Everybody in directories that were not removed.</summary>
    public static Task<List<IdentityRow>> AllAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        (from row in session.Connection.GetTable<IdentityRow>()
         join directory in session.Connection.GetTable<DirectoryRow>() on row.DirectoryId equals directory.Id
         where directory.RemovedAt == null
         orderby row.Id
         select row).ToListAsync(cancellationToken);

    public static Task<List<IdentityRow>> OfDirectoryAsync(DatabaseSession session, DirectoryId directory, CancellationToken cancellationToken) =>
        session.Connection.GetTable<IdentityRow>().Where(row => row.DirectoryId == directory).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task<List<IdentityRow>> WithUserNameAsync(DatabaseSession session, DirectoryId directory, string userName, CancellationToken cancellationToken) =>
        session.Connection.GetTable<IdentityRow>().Where(row => row.DirectoryId == directory && row.UserName == userName).ToListAsync(cancellationToken);

    /// <summary>How many of a directory's people are active, and how many left.</summary>
    public static async Task<(int Active, int Inactive)> CountAsync(DatabaseSession session, DirectoryId directory, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<IdentityRow>().Where(row => row.DirectoryId == directory);
        return (await rows.CountAsync(row => row.IsActive, cancellationToken), await rows.CountAsync(row => !row.IsActive, cancellationToken));
    }

    public static Task<IdentityRow?> FindAsync(DatabaseSession session, DirectoryId directory, string key, CancellationToken cancellationToken) =>
        session.Connection.GetTable<IdentityRow>().FirstOrDefaultAsync(row => row.DirectoryId == directory && row.Key == key, cancellationToken);

    /// <summary>Everybody in a directory by key; those who were deleted are not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, IdentityId>> KeysAsync(DatabaseSession session, DirectoryId directory, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<IdentityRow>().Where(row => row.DirectoryId == directory).Select(row => new { row.Key, row.Id }).ToListAsync(cancellationToken))
        .Where(static row => !IdentityRow.IsOfDeleted(row.Key)).ToDictionary(static row => row.Key, static row => row.Id, StringComparer.Ordinal);

    public static Task<IdentityRow?> FindAsync(DatabaseSession session, IdentityId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<IdentityRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    public static Task<bool> IsUserNameTakenAsync(Transaction transaction, DirectoryId directory, string userName, string exceptKey, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<IdentityRow>().AnyAsync(row => row.DirectoryId == directory && row.UserName == userName && row.Key != exceptKey, cancellationToken);

    public static Task InsertAllAsync(Transaction transaction, IReadOnlyList<IdentityRow> rows, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.CompletedTask : transaction.InsertAllAsync(rows, cancellationToken);

    public static async Task<IdentityId> InsertAsync(Transaction transaction, IdentityRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task UpdateAsync(Transaction transaction, IdentityRow row, CancellationToken cancellationToken) =>
        transaction.Connection.UpdateAsync(row, token: cancellationToken);

    public static Task InsertUploadAsync(Transaction transaction, UploadRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    public static Task<UploadRow?> FindUploadAsync(DatabaseSession session, string id, string actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.Connection.GetTable<UploadRow>().FirstOrDefaultAsync(row => row.Id == id && row.Actor == actor && row.ExpiresAt > now, cancellationToken);

    public static Task SetColumnsAsync(Transaction transaction, string id, string columns, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<UploadRow>().Where(row => row.Id == id).Set(row => row.Columns, columns).UpdateAsync(cancellationToken);

    public static async Task<bool> TryDeleteUploadAsync(Transaction transaction, string id, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<UploadRow>().DeleteAsync(row => row.Id == id, cancellationToken) == 1;

    public static Task DeleteExpiredUploadsAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<UploadRow>().DeleteAsync(row => row.ExpiresAt <= now, cancellationToken);
}

/// <summary>A row of the directories' table. A removed directory keeps its row and its people: decisions name them.</summary>
internal sealed record DirectoryRow
{
    public DirectoryId Id { get; init; }

    public required string Name { get; init; }

    public DirectoryKind Kind { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FilledAt { get; init; }

    public string? TokenDigest { get; init; }

    public string? TokenLastFour { get; init; }

    public DateTimeOffset? TokenSince { get; init; }

    public DateTimeOffset? TokenUsedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public long Version { get; init; }

    public bool DecidesAccounts { get; init; }

    public IdentityDirectory ToDirectory(int active, int inactive) => new()
    {
        Id = Id,
        Name = Name,
        Kind = Kind,
        CreatedAt = CreatedAt,
        FilledAt = FilledAt,
        TokenLastFour = TokenLastFour,
        TokenSince = TokenSince,
        TokenUsedAt = TokenUsedAt,
        Active = active,
        Inactive = inactive,
        DecidesAccounts = DecidesAccounts,
    };
}

/// <summary>A row of the identities' table. Aliases are written one to a line.</summary>
internal sealed record IdentityRow
{
    public IdentityId Id { get; init; }

    public DirectoryId DirectoryId { get; init; }

    public required string Key { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required string UserName { get; init; }

    public string? ExternalId { get; init; }

    public required string Aliases { get; init; }

    public string? Manager { get; init; }

    public string? Department { get; init; }

    public string? Title { get; init; }

    public string? Pushed { get; init; }

    public bool IsActive { get; init; }

    public DateTimeOffset? InactiveSince { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    private const string DeletedMark = "deleted:";

    /// <summary>An identity provider deleted the person: they left, and their name can be given to somebody else.</summary>
    public bool IsDeleted => IsOfDeleted(Key);

    /// <summary>Whether a key is that of somebody who was deleted.</summary>
    public static bool IsOfDeleted(string key) => key.StartsWith(DeletedMark, StringComparison.Ordinal);

    /// <summary>The key of somebody who was deleted, which nobody else can have.</summary>
    public static string DeletedKey(IdentityRow row) => DeletedMark + row.Key;

    public static IdentityRow Of(Identity identity) => new()
    {
        Id = identity.Id,
        DirectoryId = identity.Directory,
        Key = identity.Key,
        Email = identity.Email,
        Name = identity.Name,
        UserName = identity.UserName,
        ExternalId = identity.ExternalId,
        Aliases = string.Join('\n', identity.Aliases),
        Manager = identity.Manager,
        Department = identity.Department,
        Title = identity.Title,
        Pushed = identity.Pushed,
        IsActive = identity.IsActive,
        InactiveSince = identity.InactiveSince,
        CreatedAt = identity.CreatedAt,
        ChangedAt = identity.ChangedAt,
    };

    public Identity ToIdentity() => new()
    {
        Id = Id,
        Directory = DirectoryId,
        Key = Key,
        Email = Email,
        Name = Name,
        UserName = UserName,
        ExternalId = ExternalId,
        Aliases = Aliases.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Manager = Manager,
        Department = Department,
        Title = Title,
        Pushed = Pushed,
        IsActive = IsActive,
        InactiveSince = InactiveSince,
        CreatedAt = CreatedAt,
        ChangedAt = ChangedAt,
    };
}

/// <summary>A row of the table of files that somebody is looking at.</summary>
internal sealed record UploadRow
{
    public required string Id { get; init; }

    public DirectoryId DirectoryId { get; init; }

    /// <summary>Who uploaded it: nobody else may use it.</summary>
    public required string Actor { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public required string FileName { get; init; }

    public required string Content { get; init; }

    /// <summary>Which column holds what, as JSON.</summary>
    public required string Columns { get; init; }
}
