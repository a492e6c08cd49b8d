using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Identities.Scim;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.Identities;

/// <summary>A token with which an identity provider pushes people. Shown once.</summary>
/// <param name="Directory">The directory it fills.</param>
/// <param name="Token">The token itself.</param>
public sealed record IssuedDirectoryToken(IdentityDirectory Directory, string Token);

/// <summary>A group that an identity provider pushed.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Members">How many are in it.</param>
/// <param name="Roles">The roles that settings give to it; none for most groups.</param>
public sealed record PushedGroup(string Name, int Members, IReadOnlyList<Role> Roles);

/// <summary>Makes directories, lets identity providers push into them, removes them.</summary>
public sealed class ManageDirectories
{
    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly DirectoryAccounts _accounts;
    private readonly TimeProvider _clock;

    internal ManageDirectories(Database database, AuditLog audit, DirectoryAccounts accounts, TimeProvider clock)
    {
        _accounts = accounts;
        _database = database;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>All of them, by name.</summary>
    public async Task<Result<IReadOnlyList<IdentityDirectory>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        List<IdentityDirectory> listed = [];
        foreach (var row in await IdentityStore.DirectoriesAsync(session, cancellationToken))
        {
            listed.Add(await CountAsync(session, row, cancellationToken));
        }

        return listed;
    }

    /// <summary>One of them.</summary>
    public async Task<Result<IdentityDirectory>> FindAsync(DirectoryId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return await IdentityStore.FindDirectoryAsync(session, id, cancellationToken) is { } row ? await CountAsync(session, row, cancellationToken) : IdentityRefusals.NoSuchDirectory(id);
    }

    /// <summary>Makes one, empty.</summary>
    public Task<Result<IdentityDirectory>> CreateAsync(string name, DirectoryKind kind, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return (caller.Lacks(Right.ManageIdentities) ?? (PersonInput.Name(name) is null ? IdentityRefusals.BadDirectoryName() : null)) is { } refusal
            ? Task.FromResult<Result<IdentityDirectory>>(refusal)
            : _database.InTransactionAsync(
                async transaction =>
                {
                    await Database.LockAsync(transaction, "directories", cancellationToken);
                    var row = new DirectoryRow { Name = PersonInput.Name(name)!, Kind = kind, CreatedAt = _clock.GetUtcNow() };
                    if ((await IdentityStore.DirectoriesAsync(transaction, cancellationToken)).Any(other => string.Equals(other.Name, row.Name, StringComparison.OrdinalIgnoreCase)))
                    {
                        return IdentityRefusals.DirectoryExists(row.Name);
                    }

                    row = row with { Id = await IdentityStore.InsertAsync(transaction, row, cancellationToken) };
                    await _audit.AppendAsync(transaction, IdentityEvents.OfDirectory("directory-made", row, caller.Actor), cancellationToken);
                    return Result.Of(row.ToDirectory(0, 0));
                },
                cancellationToken);
    }

    /// <summary>
    /// Lets the groups that are pushed into it decide who has an account here, or no more. Whoever holds its token can then give away any role that settings name, so it takes the
    /// right to manage accounts, and from then on its tokens do. Accounts stay what they are when it ends.
    /// </summary>
    public async Task<Result<IdentityDirectory>> LetDecideAsync(DirectoryId id, bool decides, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManagePeople) is { } refusal)
        {
            return refusal;
        }

        return await ChangeAsync(
            id,
            decides ? "directory-decides-accounts" : "directory-decides-no-accounts",
            row => row.Kind is DirectoryKind.File ? IdentityRefusals.NotByScim(row.Name) : row with { DecidesAccounts = decides },
            caller,
            cancellationToken);
    }

    /// <summary>The groups that were pushed into one, with how many are in each and the roles that settings give them.</summary>
    public async Task<Result<IReadOnlyList<PushedGroup>>> GroupsAsync(DirectoryId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var sizes = await ScimGroupStore.SizesAsync(session, id, cancellationToken);
        return (List<PushedGroup>)[.. from row in await ScimGroupStore.OfDirectoryAsync(session, id, cancellationToken)
                                      orderby row.Name
                                      select new PushedGroup(row.Name, sizes.GetValueOrDefault(row.Id), _accounts.RolesOf(row.Name))];
    }

    /// <summary>Makes a token for pushing; the one before stops working. Of a directory that decides about accounts, only by whoever may manage them.</summary>
    public async Task<Result<IssuedDirectoryToken>> IssueTokenAsync(DirectoryId id, Caller caller, CancellationToken cancellationToken)
    {
        var token = SecretText.Create();
        var changed = await ChangeAsync(
            id,
            "directory-token-made",
            row => row.Kind is DirectoryKind.File ? IdentityRefusals.NotByScim(row.Name)
                : row.DecidesAccounts && caller.Lacks(Right.ManagePeople) is { } refusal ? refusal
                : row with { TokenDigest = SecretText.Digest(token), TokenLastFour = token[^4..], TokenSince = _clock.GetUtcNow(), TokenUsedAt = null },
            caller,
            cancellationToken);
        return changed.Select(directory => new IssuedDirectoryToken(directory, token));
    }

    /// <summary>Lets nobody push any more.</summary>
    public Task<Result<IdentityDirectory>> RevokeTokenAsync(DirectoryId id, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(id, "directory-token-revoked", static row => row with { TokenDigest = null, TokenLastFour = null, TokenSince = null, TokenUsedAt = null }, caller, cancellationToken);

    /// <summary>Removes one: its people match no account any more. What was decided about them stays.</summary>
    public Task<Result<IdentityDirectory>> RemoveAsync(DirectoryId id, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(
            id, "directory-removed", row => row with { RemovedAt = _clock.GetUtcNow(), TokenDigest = null, TokenLastFour = null, TokenSince = null }, caller, cancellationToken);

    private async Task<Result<IdentityDirectory>> ChangeAsync(DirectoryId id, string action, Func<DirectoryRow, Result<DirectoryRow>> change, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageIdentities) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"directory {id}", cancellationToken);
                if (await IdentityStore.FindDirectoryAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return IdentityRefusals.NoSuchDirectory(id);
                }

                var changed = change(row);
                if (!changed.Succeeded)
                {
                    return changed.Refusal!;
                }

                await IdentityStore.UpdateDirectoryAsync(transaction, changed.Value, cancellationToken);
                await _audit.AppendAsync(transaction, IdentityEvents.OfDirectory(action, changed.Value, caller.Actor), cancellationToken);
                if (changed.Value.DecidesAccounts && !row.DecidesAccounts)
                {
                    await _accounts.FollowAsync(transaction, changed.Value, await IdentityStore.OfDirectoryAsync(transaction, id, cancellationToken), caller.Actor, cancellationToken);
                }

                return Result.Of(await CountAsync(transaction, changed.Value, cancellationToken));
            },
            cancellationToken);
    }

    private static async Task<IdentityDirectory> CountAsync(DatabaseSession session, DirectoryRow row, CancellationToken cancellationToken)
    {
        var (active, inactive) = await IdentityStore.CountAsync(session, row.Id, cancellationToken);
        return row.ToDirectory(active, inactive);
    }
}
