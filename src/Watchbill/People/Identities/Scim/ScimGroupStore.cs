using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities.Scim;

/// <summary>The SQL of pushed groups and of the accounts that they decide about.</summary>
internal static class ScimGroupStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.Entity<GroupRow>().HasTableName("identity_group").HasIdentityKey(row => row.Id);
        builder.Entity<GroupMemberRow>().HasTableName("identity_group_member").HasPrimaryKey(row => new { row.GroupId, row.IdentityId });
        builder.Entity<DirectoryAccountRow>().HasTableName("directory_account").HasKey(row => row.AccountId);
    });

    public static Task<List<GroupRow>> OfDirectoryAsync(DatabaseSession session, DirectoryId directory, CancellationToken cancellationToken) =>
        session.Connection.GetTable<GroupRow>().Where(row => row.DirectoryId == directory).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    public static Task<GroupRow?> FindAsync(DatabaseSession session, DirectoryId directory, string key, CancellationToken cancellationToken) =>
        session.Connection.GetTable<GroupRow>().FirstOrDefaultAsync(row => row.DirectoryId == directory && row.Key == key, cancellationToken);

    /// <summary>How many are in each group of a directory; groups without anybody are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, int>> SizesAsync(DatabaseSession session, DirectoryId directory, CancellationToken cancellationToken) =>
        await (from member in session.Connection.GetTable<GroupMemberRow>()
               join row in session.Connection.GetTable<GroupRow>() on member.GroupId equals row.Id
               where row.DirectoryId == directory
               group member by member.GroupId into members
               select new { members.Key, Count = members.Count() }).ToDictionaryAsync(static size => size.Key, static size => size.Count, cancellationToken);

    public static async Task<IReadOnlyList<ScimMember>> MembersAsync(DatabaseSession session, long group, CancellationToken cancellationToken) =>
        [.. from row in await (from member in session.Connection.GetTable<GroupMemberRow>()
                               join identity in session.Connection.GetTable<IdentityRow>() on member.IdentityId equals identity.Id
                               where member.GroupId == @group
                               orderby identity.Id
                               select new { identity.Id, identity.Key, identity.Name }).ToListAsync(cancellationToken)
            select new ScimMember(row.Id, row.Key, row.Name)];

    /// <summary>The names of the groups that somebody is in.</summary>
    public static Task<List<string>> NamesOfAsync(DatabaseSession session, IdentityId person, CancellationToken cancellationToken) =>
        (from member in session.Connection.GetTable<GroupMemberRow>()
         join row in session.Connection.GetTable<GroupRow>() on member.GroupId equals row.Id
         where member.IdentityId == person
         select row.Name).ToListAsync(cancellationToken);

    public static Task<long> InsertAsync(Transaction transaction, GroupRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken);

    public static Task UpdateAsync(Transaction transaction, GroupRow row, CancellationToken cancellationToken) =>
        transaction.Connection.UpdateAsync(row, token: cancellationToken);

    public static async Task DeleteAsync(Transaction transaction, long group, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<GroupMemberRow>().DeleteAsync(row => row.GroupId == group, cancellationToken);
        await transaction.Connection.GetTable<GroupRow>().DeleteAsync(row => row.Id == group, cancellationToken);
    }

    public static async Task AddMembersAsync(Transaction transaction, long group, IEnumerable<IdentityId> people, CancellationToken cancellationToken) =>
        await transaction.InsertAllAsync(people.Select(person => new GroupMemberRow { GroupId = group, IdentityId = person }), cancellationToken);

    public static Task RemoveMemberAsync(Transaction transaction, long group, IdentityId person, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<GroupMemberRow>().DeleteAsync(row => row.GroupId == group && row.IdentityId == person, cancellationToken);

    /// <summary>Whoever was deleted at the identity provider is in no group any more.</summary>
    public static Task RemoveEverywhereAsync(Transaction transaction, IdentityId person, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<GroupMemberRow>().DeleteAsync(row => row.IdentityId == person, cancellationToken);

    public static Task<DirectoryAccountRow?> OfIdentityAsync(DatabaseSession session, IdentityId person, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DirectoryAccountRow>().FirstOrDefaultAsync(row => row.IdentityId == person, cancellationToken);

    public static Task<DirectoryAccountRow?> OfAccountAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        session.Connection.GetTable<DirectoryAccountRow>().FirstOrDefaultAsync(row => row.AccountId == account, cancellationToken);

    /// <summary>The directory that decides about an account; null where none does.</summary>
    public static Task<string?> DirectoryNameAsync(DatabaseSession session, AccountId account, CancellationToken cancellationToken) =>
        (from tie in session.Connection.GetTable<DirectoryAccountRow>()
         join identity in session.Connection.GetTable<IdentityRow>() on tie.IdentityId equals identity.Id
         join directory in session.Connection.GetTable<DirectoryRow>() on identity.DirectoryId equals directory.Id
         where tie.AccountId == account && directory.DecidesAccounts && directory.RemovedAt == null
         select directory.Name).FirstOrDefaultAsync(cancellationToken);

    public static Task SaveAsync(Transaction transaction, DirectoryAccountRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertOrReplaceAsync(row, token: cancellationToken);
}

/// <summary>A row of the groups' table.</summary>
internal sealed record GroupRow
{
    public long Id { get; init; }

    public DirectoryId DirectoryId { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    public string? ExternalId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public ScimGroup ToGroup(IReadOnlyList<ScimMember> members) =>
        new() { Id = Id, Key = Key, Name = Name, ExternalId = ExternalId, CreatedAt = CreatedAt, ChangedAt = ChangedAt, Members = members };
}

/// <summary>A row of the table of who is in which group.</summary>
internal sealed record GroupMemberRow
{
    public long GroupId { get; init; }

    public IdentityId IdentityId { get; init; }
}

/// <summary>A row of the table of accounts that a directory decides about.</summary>
internal sealed record DirectoryAccountRow
{
    public AccountId AccountId { get; init; }

    public IdentityId IdentityId { get; init; }

    /// <summary>The directory closed it, and may open it again; what an administrator closed stays closed.</summary>
    public bool IsClosed { get; init; }
}
