using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Notifications.Channels;

/// <summary>Makes channels, switches them on and off, tries them, removes them.</summary>
public sealed class ManageChannels
{
    /// <summary>The most channels.</summary>
    public const int Most = 100;

    /// <summary>The most characters of an address.</summary>
    public const int LongestAddress = 2000;

    private readonly Database _database;
    private readonly SecretVault _vault;
    private readonly Outbox _outbox;
    private readonly PublicAddress _address;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageChannels(Database database, SecretVault vault, Outbox outbox, PublicAddress address, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _vault = vault;
        _outbox = outbox;
        _address = address;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>All of them, by name, each with what became of its newest message.</summary>
    public async Task<Result<IReadOnlyList<Channel>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var latest = await MailStore.LatestOfChannelsAsync(session, cancellationToken);
        return Result.Of<IReadOnlyList<Channel>>([.. (await ChannelStore.ListAsync(session, cancellationToken)).Select(row => row.ToChannel(latest.GetValueOrDefault(row.Id)))]);
    }

    /// <summary>Makes one, switched on.</summary>
    public Task<Result<NewChannel>> CreateAsync(ChannelDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? Refuse(draft)) is { } refusal)
        {
            return Task.FromResult<Result<NewChannel>>(refusal);
        }

        var address = AddressOf(draft)!;

        // As the specification of Standard Webhooks writes secrets, so that its libraries take it as it is.
        var secret = draft.Kind is ChannelKind.Webhook ? ChannelSignature.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) : null;
        var row = new ChannelRow
        {
            Name = PersonInput.Name(draft.Name)!,
            Kind = draft.Kind,
            Host = address.Host,
            ProtectedAddress = _vault.Protect(address.AbsoluteUri),
            ProtectedSecret = secret is null ? null : _vault.Protect(secret),
            About = string.Join(' ', draft.About.Distinct(StringComparer.Ordinal)),
            ConnectorId = draft.Connector,
            AllowPrivateNetworks = draft.AllowPrivateNetworks,
            IsOn = true,
            CreatedAt = _clock.GetUtcNow(),
        };
        return _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "channels", cancellationToken);
                var others = await ChannelStore.ListAsync(transaction, cancellationToken);
                if (others.Count >= Most)
                {
                    return ChannelRefusals.TooMany();
                }

                if (others.Any(other => string.Equals(other.Name, row.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    return ChannelRefusals.Exists(row.Name);
                }

                var made = row with { Id = await ChannelStore.InsertAsync(transaction, row, cancellationToken) };
                await _audit.AppendAsync(transaction, EventOf("channel-made", made, caller.Actor), cancellationToken);
                return Result.Of(new NewChannel(made.ToChannel(latest: null), secret));
            },
            cancellationToken);
    }

    /// <summary>Switches one on or off. What was written for it while it was on is still sent.</summary>
    public Task<Result<Channel>> SwitchAsync(ChannelId id, bool isOn, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(id, isOn ? "channel-switched-on" : "channel-switched-off", row => row with { IsOn = isOn }, caller, cancellationToken);

    /// <summary>Removes one, and its address with it.</summary>
    public Task<Result<Channel>> RemoveAsync(ChannelId id, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(id, "channel-removed", row => row with { RemovedAt = _clock.GetUtcNow(), IsOn = false, ProtectedAddress = "", ProtectedSecret = null }, caller, cancellationToken);

    /// <summary>Writes a test message, which goes out within seconds; the list says what became of it.</summary>
    public async Task<Result<Channel>> TestAsync(ChannelId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                var row = await ChannelStore.FindAsync(transaction, id, cancellationToken);
                if (row is not { IsOn: true })
                {
                    return row is null ? ChannelRefusals.NoSuchChannel(id) : ChannelRefusals.IsOff(row.Name);
                }

                var test = new Announcement(
                    Announcement.Test, row.ConnectorId, $"Watchbill reaches {row.Name}", ["This is a test. What Watchbill announces will arrive here."], _address.Of("/channels"));
                await _outbox.PostAsync(transaction, row, test, cancellationToken);
                return Result.Of(row.ToChannel(latest: null));
            },
            cancellationToken);
    }

    private async Task<Result<Channel>> ChangeAsync(ChannelId id, string action, Func<ChannelRow, ChannelRow> change, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, "channels", cancellationToken);
                if (await ChannelStore.FindAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return ChannelRefusals.NoSuchChannel(id);
                }

                var changed = change(row);
                await ChannelStore.UpdateAsync(transaction, changed, cancellationToken);
                await _audit.AppendAsync(transaction, EventOf(action, changed, caller.Actor), cancellationToken);
                return Result.Of(changed.ToChannel(latest: null));
            },
            cancellationToken);
    }

    private static Refusal? Refuse(ChannelDraft draft) =>
        PersonInput.Name(draft.Name) is null ? ChannelRefusals.BadName()
        : AddressOf(draft) is null ? ChannelRefusals.BadAddress()
        : draft.About.FirstOrDefault(static kind => Announcement.Kinds.All(known => known.Kind != kind)) is { } unknown ? ChannelRefusals.UnknownKind(unknown)
        : null;

    private static Uri? AddressOf(ChannelDraft draft) =>
        draft.Address.Length <= LongestAddress
        && Uri.TryCreate(draft.Address.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (draft.AllowPrivateNetworks && address.Scheme == Uri.UriSchemeHttp))
        && address is { UserInfo: "", Fragment: "", Host: not "" }
            ? address
            : null;

    private static AuditEvent EventOf(string action, ChannelRow row, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "channel",
        SubjectId = row.Id.ToString(),
        After = new JsonObject
        {
            ["name"] = row.Name,
            ["kind"] = Word.Of(row.Kind),
            ["host"] = row.Host,
            ["about"] = new JsonArray([.. row.Kinds.Select(static kind => JsonValue.Create(kind))]),
            ["connector"] = row.ConnectorId?.Value,
            ["allowPrivateNetworks"] = row.AllowPrivateNetworks,
            ["isOn"] = row.IsOn,
        }.ToJsonString(),
    };
}
