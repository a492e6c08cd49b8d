using System.Collections.Frozen;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities;

/// <summary>Everybody that the directories name, ready in memory and loaded anew when one of them changed.</summary>
public sealed class IdentityBook
{
    private readonly Database _database;
    private volatile IdentitySnapshot? _current;

    internal IdentityBook(Database database) => _database = database;

    /// <summary>Everybody as of now. Asks the database, in one small query, whether a directory moved.</summary>
    public async Task<IdentitySnapshot> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        var version = await IdentityStore.VersionAsync(session, cancellationToken);
        if (_current is { } known && known.Version == version)
        {
            return known;
        }

        // What was written between the two questions is then in the list under the older version, and loaded once more: never the other way round.
        return _current = new IdentitySnapshot(version, [.. (await IdentityStore.AllAsync(session, cancellationToken)).Select(static row => row.ToIdentity())]);
    }
}

/// <summary>Everybody at one instant.</summary>
public sealed class IdentitySnapshot
{
    private readonly FrozenDictionary<IdentityId, Identity> _byId;
    private readonly ILookup<string, Identity> _byAddress;
    private readonly ILookup<(DirectoryId, string), Identity> _byName;
    private readonly ILookup<string, Identity> _byUserName;

    internal IdentitySnapshot(string version, IReadOnlyList<Identity> all)
    {
        Version = version;
        All = all;
        _byId = all.ToFrozenDictionary(static identity => identity.Id);
        _byAddress = all.SelectMany(static identity => identity.Aliases.Append(identity.Email).Distinct(StringComparer.Ordinal).Select(address => (address, identity)))
            .ToLookup(static pair => pair.address, static pair => pair.identity, StringComparer.Ordinal);
        _byName = all.SelectMany(static identity => new[] { identity.Key, identity.Email }.Distinct(StringComparer.Ordinal).Select(name => (name, identity)))
            .ToLookup(static pair => (pair.identity.Directory, pair.name), static pair => pair.identity);
        _byUserName = all.ToLookup(static identity => identity.UserName, StringComparer.Ordinal);
    }

    /// <summary>Everybody, in the order in which the directories first named them.</summary>
    public IReadOnlyList<Identity> All { get; }

    /// <summary>Tells one state of the directories from another.</summary>
    public string Version { get; }

    /// <summary>One of them; null when no directory that was not removed names them.</summary>
    public Identity? Find(IdentityId id) => _byId.GetValueOrDefault(id);

    /// <summary>Those with this address, as their own or as an alias.</summary>
    public IEnumerable<Identity> WithAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return _byAddress[address.ToLowerInvariant()];
    }

    /// <summary>Those who sign in with this name, in any directory.</summary>
    public IEnumerable<Identity> WithUserName(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return _byUserName[userName.ToLowerInvariant()];
    }

    /// <summary>Somebody's manager; null when the directory tells none, or one that it does not know.</summary>
    public Identity? ManagerOf(Identity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.Manager is { } manager
            ? _byName[(identity.Directory, manager)].Concat(_byName[(identity.Directory, manager.ToLowerInvariant())]).FirstOrDefault(other => other.Id != identity.Id)
            : null;
    }
}
