using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.Identities.Scim;

/// <summary>The directory that a token may push into.</summary>
/// <param name="Directory">Which one.</param>
/// <param name="Actor">Who pushes.</param>
public sealed record DirectoryPusher(DirectoryId Directory, Actor Actor);

/// <summary>Fills a directory with what an identity provider pushes, one person at a time.</summary>
public sealed class ScimUsers
{
    /// <summary>The most people in one answer.</summary>
    internal const int MostInPage = 200;

    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly LeaverAccounts _leavers;
    private readonly DirectoryAccounts _accounts;
    private readonly TimeProvider _clock;

    internal ScimUsers(Database database, AuditLog audit, LeaverAccounts leavers, DirectoryAccounts accounts, TimeProvider clock)
    {
        _accounts = accounts;
        _leavers = leavers;
        _database = database;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Who holds a token; null for tokens that nobody made, or that were revoked.</summary>
    /// <param name="token">The token.</param>
    /// <param name="from">Where it is used from; null when not known.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<DirectoryPusher?> FindPusherAsync(string token, string? from, CancellationToken cancellationToken)
    {
        if (!SecretText.IsWellFormed(token))
        {
            return null;
        }

        DirectoryRow? row;
        await using (var session = _database.OpenRead())
        {
            row = await IdentityStore.FindByTokenAsync(session, SecretText.Digest(token), cancellationToken);
        }

        if (row is null)
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        if (row.TokenUsedAt is not { } used || used < now - UseIsNotedEvery)
        {
            await _database.InTransactionAsync(transaction => IdentityStore.SetTokenUsedAsync(transaction, row.Id, now, cancellationToken), cancellationToken);
        }

        return new DirectoryPusher(row.Id, new Actor(ActorKind.Directory, row.Id.ToString(), from));
    }

    /// <summary>Those that fit, in a stable order.</summary>
    internal async Task<Result<ScimPage<Identity>>> ListAsync(DirectoryPusher pusher, string? filter, (int Start, int Count) part, CancellationToken cancellationToken)
    {
        if (ScimFilter.Parse(filter) is not { } wanted)
        {
            return ScimRefusals.BadFilter();
        }

        await using var session = _database.OpenRead();
        var rows = wanted.OnlyUserName is { } userName
            ? await IdentityStore.WithUserNameAsync(session, pusher.Directory, userName, cancellationToken)
            : await IdentityStore.OfDirectoryAsync(session, pusher.Directory, cancellationToken);
        var all = rows.Where(static row => !row.IsDeleted).Select(static row => row.ToIdentity());
        var fitting = all.Where(wanted.Fits).ToList();
        var start = Math.Max(part.Start, 1);
        return new ScimPage<Identity>([.. fitting.Skip(start - 1).Take(Math.Clamp(part.Count, 0, MostInPage))], fitting.Count, start);
    }

    /// <summary>One of them.</summary>
    internal async Task<Result<Identity>> FindAsync(DirectoryPusher pusher, string id, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return await FindRowAsync(session, pusher, id, cancellationToken) is { } row ? row.ToIdentity() : ScimRefusals.NoSuchUser(id);
    }

    /// <summary>Somebody new.</summary>
    internal Task<Result<Identity>> CreateAsync(DirectoryPusher pusher, JsonObject pushed, CancellationToken cancellationToken) => InDirectoryAsync(
        pusher,
        async (transaction, directory) =>
        {
            var person = ScimResource.Read(ScimResource.Keep(pushed), Guid.CreateVersion7(_clock.GetUtcNow()).ToString());
            if (!person.Succeeded)
            {
                return person;
            }

            if (await IdentityStore.IsUserNameTakenAsync(transaction, directory.Id, person.Value.UserName, exceptKey: "", cancellationToken))
            {
                return ScimRefusals.UserNameTaken();
            }

            var (active, inactive) = await IdentityStore.CountAsync(transaction, directory.Id, cancellationToken);
            if (active + inactive >= IdentityFile.MostPeople)
            {
                return ScimRefusals.DirectoryFull();
            }

            var now = _clock.GetUtcNow();
            var made = person.Value with { Directory = directory.Id, CreatedAt = now, ChangedAt = now, InactiveSince = person.Value.IsActive ? null : now };
            made = made with { Id = await IdentityStore.InsertAsync(transaction, IdentityRow.Of(made), cancellationToken) };
            await NoteAsync(transaction, "identity-pushed", directory, (made.Key, pusher.Actor), cancellationToken);
            return Result.Of(made);
        },
        cancellationToken);

    /// <summary>Somebody as they are now.</summary>
    internal Task<Result<Identity>> ReplaceAsync(DirectoryPusher pusher, string id, JsonObject pushed, CancellationToken cancellationToken) =>
        ChangeAsync(pusher, id, _ => Result.Of(ScimResource.Keep(pushed)), cancellationToken);

    /// <summary>What became different about somebody.</summary>
    internal Task<Result<Identity>> PatchAsync(DirectoryPusher pusher, string id, JsonObject patch, CancellationToken cancellationToken) =>
        ChangeAsync(pusher, id, before => ScimPatch.Apply(before, patch).Select(ScimResource.Keep), cancellationToken);

    /// <summary>Somebody who is not pushed any more: they left, and stay known to what was decided about them.</summary>
    internal Task<Result<Identity>> DeleteAsync(DirectoryPusher pusher, string id, CancellationToken cancellationToken) => InDirectoryAsync(
        pusher,
        async (transaction, directory) =>
        {
            if (await FindRowAsync(transaction, pusher, id, cancellationToken) is not { } row)
            {
                return ScimRefusals.NoSuchUser(id);
            }

            var now = _clock.GetUtcNow();
            var gone = row with { Key = IdentityRow.DeletedKey(row), UserName = IdentityRow.DeletedKey(row), IsActive = false, InactiveSince = row.InactiveSince ?? now, ChangedAt = now };
            await IdentityStore.UpdateAsync(transaction, gone, cancellationToken);
            await ScimGroupStore.RemoveEverywhereAsync(transaction, row.Id, cancellationToken);
            await NoteAsync(transaction, "identity-deleted", directory, (row.Key, pusher.Actor), cancellationToken);
            await _accounts.FollowAsync(transaction, directory, [gone], pusher.Actor, cancellationToken);
            await _leavers.CloseAsync(transaction, row.ToIdentity(), pusher.Actor, cancellationToken);
            return Result.Of(gone.ToIdentity());
        },
        cancellationToken);

    private Task<Result<Identity>> ChangeAsync(DirectoryPusher pusher, string id, Func<JsonObject, Result<JsonObject>> change, CancellationToken cancellationToken) => InDirectoryAsync(
        pusher,
        async (transaction, directory) =>
        {
            if (await FindRowAsync(transaction, pusher, id, cancellationToken) is not { } row)
            {
                return ScimRefusals.NoSuchUser(id);
            }

            var was = row.ToIdentity();
            var resource = change(JsonNode.Parse(was.Pushed ?? "{}")!.AsObject());
            var becomes = resource.Succeeded ? ScimResource.Read(resource.Value, was.Key) : resource.Refusal!;
            if (!becomes.Succeeded)
            {
                return becomes;
            }

            if (await IdentityStore.IsUserNameTakenAsync(transaction, directory.Id, becomes.Value.UserName, was.Key, cancellationToken))
            {
                return ScimRefusals.UserNameTaken();
            }

            var now = _clock.GetUtcNow();
            var after = becomes.Value with
            {
                Id = was.Id,
                Directory = was.Directory,
                CreatedAt = was.CreatedAt,
                ChangedAt = now,
                InactiveSince = becomes.Value.IsActive ? null : was.InactiveSince ?? now,
            };
            if (after.SaysTheSame(was) && after.Pushed == was.Pushed)
            {
                return was;
            }

            await IdentityStore.UpdateAsync(transaction, IdentityRow.Of(after), cancellationToken);
            await NoteAsync(transaction, was.IsActive && !after.IsActive ? "identity-left" : "identity-changed", directory, (was.Key, pusher.Actor), cancellationToken);
            await _accounts.FollowAsync(transaction, directory, [IdentityRow.Of(after)], pusher.Actor, cancellationToken);
            if (was.IsActive && !after.IsActive)
            {
                await _leavers.CloseAsync(transaction, was, pusher.Actor, cancellationToken);
            }

            return Result.Of(after);
        },
        cancellationToken);

    private Task<Result<Identity>> InDirectoryAsync(DirectoryPusher pusher, Func<Transaction, DirectoryRow, Task<Result<Identity>>> work, CancellationToken cancellationToken) =>
        PushTransaction.RunAsync(_database, pusher, work, cancellationToken);

    private async Task NoteAsync(Transaction transaction, string action, DirectoryRow directory, (string Key, Actor Actor) what, CancellationToken cancellationToken)
    {
        await IdentityStore.TouchAsync(transaction, directory.Id, _clock.GetUtcNow(), cancellationToken);
        await _audit.AppendAsync(transaction, IdentityEvents.Pushed(action, directory, what.Key, what.Actor), cancellationToken);
    }

    private static async Task<IdentityRow?> FindRowAsync(DatabaseSession session, DirectoryPusher pusher, string id, CancellationToken cancellationToken) =>
        id.Length <= 60 && await IdentityStore.FindAsync(session, pusher.Directory, id, cancellationToken) is { IsDeleted: false } row ? row : null;
}
