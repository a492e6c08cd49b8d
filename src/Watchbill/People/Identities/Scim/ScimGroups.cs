using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities.Scim;

/// <summary>Keeps the groups that an identity provider pushes, and lets accounts here follow them where the directory decides.</summary>
public sealed partial class ScimGroups
{
    private const int MostGroups = 2_000;

    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly DirectoryAccounts _accounts;
    private readonly TimeProvider _clock;

    internal ScimGroups(Database database, AuditLog audit, DirectoryAccounts accounts, TimeProvider clock)
    {
        _database = database;
        _audit = audit;
        _accounts = accounts;
        _clock = clock;
    }

    /// <summary>Those that fit, in a stable order.</summary>
    internal async Task<Result<ScimPage<ScimGroup>>> ListAsync(
        DirectoryPusher pusher, string? filter, (int Start, int Count, bool WithMembers) part, CancellationToken cancellationToken)
    {
        var wanted = Comparison.Match(filter?.Trim() ?? "");
        if (!string.IsNullOrWhiteSpace(filter) && !wanted.Success)
        {
            return ScimRefusals.BadGroupFilter();
        }

        await using var session = _database.OpenRead();
        var rows = await ScimGroupStore.OfDirectoryAsync(session, pusher.Directory, cancellationToken);
        var fitting = wanted.Success ? rows.Where(row => Fits(row, wanted.Groups["attribute"].Value, Regex.Unescape(wanted.Groups["text"].Value))).ToList() : rows;
        var start = Math.Max(part.Start, 1);
        List<ScimGroup> shown = [];
        foreach (var row in fitting.Skip(start - 1).Take(Math.Clamp(part.Count, 0, ScimUsers.MostInPage)))
        {
            shown.Add(row.ToGroup(part.WithMembers ? await ScimGroupStore.MembersAsync(session, row.Id, cancellationToken) : []));
        }

        return new ScimPage<ScimGroup>(shown, fitting.Count, start);
    }

    /// <summary>One of them.</summary>
    internal async Task<Result<ScimGroup>> FindAsync(DirectoryPusher pusher, string key, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return await FindRowAsync(session, pusher, key, cancellationToken) is { } row
            ? row.ToGroup(await ScimGroupStore.MembersAsync(session, row.Id, cancellationToken))
            : ScimRefusals.NoSuchGroup(key);
    }

    /// <summary>A new one.</summary>
    internal Task<Result<ScimGroup>> CreateAsync(DirectoryPusher pusher, JsonObject pushed, CancellationToken cancellationToken) => InDirectoryAsync(
        pusher,
        async (transaction, directory) =>
        {
            var draft = ScimGroupDraft.Read(pushed);
            if (!draft.Succeeded)
            {
                return draft.Refusal!;
            }

            var others = await ScimGroupStore.OfDirectoryAsync(transaction, directory.Id, cancellationToken);
            if (others.Count >= MostGroups || others.Any(other => other.Name == draft.Value.Name))
            {
                return others.Count >= MostGroups ? ScimRefusals.TooManyGroups(MostGroups) : ScimRefusals.GroupExists();
            }

            var people = await PeopleAsync(transaction, directory, draft.Value.Members, cancellationToken);
            if (!people.Succeeded)
            {
                return people.Refusal!;
            }

            var now = _clock.GetUtcNow();
            var row = new GroupRow { DirectoryId = directory.Id, Key = Guid.CreateVersion7(now).ToString(), Name = draft.Value.Name!, ExternalId = draft.Value.ExternalId, CreatedAt = now, ChangedAt = now };
            row = row with { Id = await ScimGroupStore.InsertAsync(transaction, row, cancellationToken) };
            return await FillAsync(transaction, (directory, row, IsRenamed: false), people.Value, pusher, cancellationToken);
        },
        cancellationToken);

    /// <summary>One as it is now.</summary>
    internal Task<Result<ScimGroup>> ReplaceAsync(DirectoryPusher pusher, string key, JsonObject pushed, CancellationToken cancellationToken) =>
        ChangeAsync(pusher, key, _ => ScimGroupDraft.Read(pushed), cancellationToken);

    /// <summary>What became different about one.</summary>
    internal Task<Result<ScimGroup>> PatchAsync(DirectoryPusher pusher, string key, JsonObject patch, CancellationToken cancellationToken) =>
        ChangeAsync(pusher, key, before => ScimGroupPatch.Apply(before, patch), cancellationToken);

    /// <summary>One that is not pushed any more: it gives nobody a role.</summary>
    internal Task<Result<ScimGroup>> DeleteAsync(DirectoryPusher pusher, string key, CancellationToken cancellationToken) => InDirectoryAsync(
        pusher,
        async (transaction, directory) =>
        {
            if (await FindRowAsync(transaction, pusher, key, cancellationToken) is not { } row)
            {
                return ScimRefusals.NoSuchGroup(key);
            }

            var members = await ScimGroupStore.MembersAsync(transaction, row.Id, cancellationToken);
            await ScimGroupStore.DeleteAsync(transaction, row.Id, cancellationToken);
            await _audit.AppendAsync(transaction, IdentityEvents.OfGroup("group-deleted", directory, row, members.Count, pusher.Actor), cancellationToken);
            await FollowAsync(transaction, directory, members.Select(static member => member.Person), pusher, cancellationToken);
            return row.ToGroup([]);
        },
        cancellationToken);

    private Task<Result<ScimGroup>> ChangeAsync(DirectoryPusher pusher, string key, Func<ScimGroupDraft, Result<ScimGroupDraft>> change, CancellationToken cancellationToken) => InDirectoryAsync(
        pusher,
        async (transaction, directory) =>
        {
            if (await FindRowAsync(transaction, pusher, key, cancellationToken) is not { } row)
            {
                return ScimRefusals.NoSuchGroup(key);
            }

            var members = await ScimGroupStore.MembersAsync(transaction, row.Id, cancellationToken);
            var draft = change(new ScimGroupDraft(row.Name, row.ExternalId, members.Select(static member => member.Key).ToHashSet(StringComparer.Ordinal)));
            if (!draft.Succeeded)
            {
                return draft.Refusal!;
            }

            if (draft.Value.Name != row.Name && (await ScimGroupStore.OfDirectoryAsync(transaction, directory.Id, cancellationToken)).Any(other => other.Name == draft.Value.Name))
            {
                return ScimRefusals.GroupExists();
            }

            var people = await PeopleAsync(transaction, directory, draft.Value.Members, cancellationToken);
            if (!people.Succeeded)
            {
                return people.Refusal!;
            }

            var after = row with { Name = draft.Value.Name!, ExternalId = draft.Value.ExternalId, ChangedAt = _clock.GetUtcNow() };
            await ScimGroupStore.UpdateAsync(transaction, after, cancellationToken);
            return await FillAsync(transaction, (directory, after, after.Name != row.Name), people.Value, pusher, cancellationToken);
        },
        cancellationToken);

    /// <summary>Whom the keys name. Looked up before anything is written: a refusal must leave nothing behind.</summary>
    private static async Task<Result<IReadOnlyList<IdentityId>>> PeopleAsync(Transaction transaction, DirectoryRow directory, IReadOnlySet<string> keys, CancellationToken cancellationToken)
    {
        var known = await IdentityStore.KeysAsync(transaction, directory.Id, cancellationToken);
        List<IdentityId> people = [];
        foreach (var key in keys)
        {
            if (!known.TryGetValue(key, out var person))
            {
                return ScimRefusals.NoSuchMember(key);
            }

            people.Add(person);
        }

        return people;
    }

    /// <summary>Makes the members these, and lets the accounts of those follow who came or went; a name that changed matters to those who stay, too.</summary>
    private async Task<Result<ScimGroup>> FillAsync(
        Transaction transaction, (DirectoryRow Directory, GroupRow Row, bool IsRenamed) group, IReadOnlyList<IdentityId> people, DirectoryPusher pusher, CancellationToken cancellationToken)
    {
        var before = (await ScimGroupStore.MembersAsync(transaction, group.Row.Id, cancellationToken)).Select(static member => member.Person).ToList();
        foreach (var person in before.Except(people))
        {
            await ScimGroupStore.RemoveMemberAsync(transaction, group.Row.Id, person, cancellationToken);
        }

        await ScimGroupStore.AddMembersAsync(transaction, group.Row.Id, people.Except(before), cancellationToken);
        await IdentityStore.TouchAsync(transaction, group.Directory.Id, _clock.GetUtcNow(), cancellationToken);
        await _audit.AppendAsync(transaction, IdentityEvents.OfGroup("group-pushed", group.Directory, group.Row, people.Count, pusher.Actor), cancellationToken);
        var moved = group.IsRenamed ? before.Union(people) : before.Except(people).Union(people.Except(before));
        await FollowAsync(transaction, group.Directory, moved, pusher, cancellationToken);
        return group.Row.ToGroup(await ScimGroupStore.MembersAsync(transaction, group.Row.Id, cancellationToken));
    }

    private async Task FollowAsync(Transaction transaction, DirectoryRow directory, IEnumerable<IdentityId> people, DirectoryPusher pusher, CancellationToken cancellationToken)
    {
        if (_accounts.Decides(directory))
        {
            var wanted = people.ToHashSet();
            var rows = (await IdentityStore.OfDirectoryAsync(transaction, directory.Id, cancellationToken)).Where(row => wanted.Contains(row.Id)).ToList();
            await _accounts.FollowAsync(transaction, directory, rows, pusher.Actor, cancellationToken);
        }
    }

    private Task<Result<ScimGroup>> InDirectoryAsync(DirectoryPusher pusher, Func<Transaction, DirectoryRow, Task<Result<ScimGroup>>> work, CancellationToken cancellationToken) =>
        PushTransaction.RunAsync(_database, pusher, work, cancellationToken);

    private static async Task<GroupRow?> FindRowAsync(DatabaseSession session, DirectoryPusher pusher, string key, CancellationToken cancellationToken) =>
        key.Length <= 60 ? await ScimGroupStore.FindAsync(session, pusher.Directory, key, cancellationToken) : null;

    /// <summary>Names of groups tell capital and small letters apart, as the settings do that name them.</summary>
    private static bool Fits(GroupRow row, string attribute, string text) => attribute.ToLowerInvariant() switch
    {
        "displayname" => row.Name == text,
        "externalid" => row.ExternalId == text,
        _ => row.Key == text,
    };

    [GeneratedRegex("""^(?<attribute>displayName|externalId|id) +eq +"(?<text>(?:[^"\\]|\\.){0,400})"\z""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Comparison { get; }
}
