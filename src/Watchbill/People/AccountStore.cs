using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>The SQL of accounts. Every change is guarded by the version that was seen, and counts it up.</summary>
internal static class AccountStore
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(AccountState), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(HolderKind), typeof(string));
        builder.Entity<AccountRow>().HasIdentityKey(row => row.Id);
    });

    public static async Task<AccountId> InsertAsync(Transaction transaction, AccountRow row, CancellationToken cancellationToken) =>
        new(await transaction.Connection.InsertWithInt64IdentityAsync(row, token: cancellationToken));

    public static Task<bool> AnyAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccountRow>().AnyAsync(cancellationToken);

    public static Task<AccountRow?> FindAsync(DatabaseSession session, AccountId id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccountRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    public static Task<AccountRow?> FindAsync(DatabaseSession session, string address, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccountRow>().FirstOrDefaultAsync(row => row.Address == address, cancellationToken);

    /// <summary>Whether somebody else could still do everything if this account could not.</summary>
    public static Task<bool> HasAnotherSuperAdministratorAsync(Transaction transaction, AccountId id, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AccountRow>().AnyAsync(
            row => row.Id != id && row.State == AccountState.Active && row.Kind == HolderKind.Person && row.Roles.Contains(nameof(Role.SuperAdministrator)), cancellationToken);

    /// <summary>Writes the row when nobody changed it meanwhile.</summary>
    /// <param name="row">The new content; its version is the one that was read.</param>
    public static async Task<bool> TryUpdateAsync(Transaction transaction, AccountRow row, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<AccountRow>()
            .Where(stored => stored.Id == row.Id && stored.Version == row.Version)
            .Set(stored => stored.Name, row.Name)
            .Set(stored => stored.Address, row.Address)
            .Set(stored => stored.Roles, row.Roles)
            .Set(stored => stored.State, row.State)
            .Set(stored => stored.StateSince, row.StateSince)
            .Set(stored => stored.PasswordHash, row.PasswordHash)
            .Set(stored => stored.AcceptedAt, row.AcceptedAt)
            .Set(stored => stored.Version, row.Version + 1)
            .UpdateAsync(cancellationToken) == 1;

    /// <summary>Writes the row where nobody can be asked again.</summary>
    /// <exception cref="InvalidOperationException">Somebody changed it meanwhile; renaming oneself, for example, takes none of the locks.</exception>
    public static async Task UpdateAsync(Transaction transaction, AccountRow row, CancellationToken cancellationToken)
    {
        if (!await TryUpdateAsync(transaction, row, cancellationToken))
        {
            throw new InvalidOperationException($"Account {row.Id} was changed meanwhile.");
        }
    }

    /// <summary>Notes a sign-in. Not a change that anybody could conflict with, so the version stays.</summary>
    public static Task SetSignedInAsync(Transaction transaction, AccountId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AccountRow>().Where(row => row.Id == id).Set(row => row.LastSignedInAt, at).UpdateAsync(cancellationToken);

    /// <summary>Notes since when codes are asked for; null when they are not any more. As with a sign-in, the version stays: what people decide about an account does not depend on it.</summary>
    public static Task SetSecondFactorAsync(Transaction transaction, AccountId id, DateTimeOffset? since, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AccountRow>().Where(row => row.Id == id).Set(row => row.SecondFactorSince, since).UpdateAsync(cancellationToken);

    /// <summary>Replaces the hash of the same password by a dearer one, unless the password was changed meanwhile.</summary>
    public static Task RehashAsync(Transaction transaction, AccountRow seen, string hash, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AccountRow>()
            .Where(row => row.Id == seen.Id && row.PasswordHash == seen.PasswordHash)
            .Set(row => row.PasswordHash, hash)
            .UpdateAsync(cancellationToken);

    public static async Task<AccountPage> ListAsync(DatabaseSession session, AccountFilter filter, CancellationToken cancellationToken)
    {
        var rows = Narrow(session.Connection.GetTable<AccountRow>(), filter);
        var page = await Order(rows, filter).ThenBy(row => row.Id).Skip(filter.Offset).Take(filter.Limit).ToListAsync(cancellationToken);
        return new AccountPage([.. page.Select(static row => row.ToAccount())], await rows.CountAsync(cancellationToken), filter.Offset);
    }

    private static IQueryable<AccountRow> Narrow(IQueryable<AccountRow> rows, AccountFilter filter)
    {
        rows = filter.State is { } state ? rows.Where(row => row.State == state) : rows;
        rows = filter.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        if (filter.Role is { } role)
        {
            // One name may end in another: ExternalAuditor, Auditor.
            var name = $",{role},";
            rows = rows.Where(row => ("," + row.Roles + ",").Contains(name));
        }

        if (filter.Text is { Length: > 0 } given)
        {
            var text = given.ToLowerInvariant();
            rows = rows.Where(row => row.Address.Contains(text) || (row.Name != null && Sql.Lower(row.Name)!.Contains(text)));
        }

        return rows;
    }

    private static IOrderedQueryable<AccountRow> Order(IQueryable<AccountRow> rows, AccountFilter filter) => filter.Order switch
    {
        AccountOrder.Address => Ordered(rows, row => row.Address, filter.Descending),
        AccountOrder.Name => Ordered(rows, row => Sql.Lower(row.Name ?? row.Address), filter.Descending),
        AccountOrder.State => Ordered(rows, row => row.State, filter.Descending),
        AccountOrder.LastSignedIn => Ordered(rows, row => row.LastSignedInAt ?? DateTimeOffset.UnixEpoch, filter.Descending),
    };

    private static IOrderedQueryable<AccountRow> Ordered<TKey>(
        IQueryable<AccountRow> rows, System.Linq.Expressions.Expression<Func<AccountRow, TKey>> key, bool descending) =>
        descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
}

/// <summary>A row of the accounts' table. The roles are their names with a comma between.</summary>
internal sealed record AccountRow
{
    public AccountId Id { get; init; }

    public HolderKind Kind { get; init; }

    public string? Name { get; init; }

    public required string Address { get; init; }

    public required string Roles { get; init; }

    public AccountState State { get; init; }

    public DateTimeOffset StateSince { get; init; }

    public long Version { get; init; }

    public string? PasswordHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? LastSignedInAt { get; init; }

    public DateTimeOffset? SecondFactorSince { get; init; }

    public Account ToAccount() => new()
    {
        Id = Id,
        Kind = Kind,
        Name = Name,
        Address = Address,
        Roles = NameList.Parse<Role>(Roles),
        State = State,
        StateSince = StateSince,
        Version = Version,
        CreatedAt = CreatedAt,
        AcceptedAt = AcceptedAt,
        LastSignedInAt = LastSignedInAt,
        HasPassword = PasswordHash is not null,
        SecondFactorSince = SecondFactorSince,
    };

    /// <summary>Without the hash: rows are printed by debuggers and failing tests.</summary>
    public override string ToString() => $"account {Id}";
}
