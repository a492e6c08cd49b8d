using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.Tokens;

/// <summary>
/// Lets a program without a browser get an API token (RFC 8628): it shows a code, a signed-in person types it in the console and approves, the program
/// collects the token once.
/// </summary>
public sealed class DeviceLogins
{
    private const int DefaultDays = 90;

    private readonly Database _database;
    private readonly ApiTokenIssuer _issuer;
    private readonly AttemptLimit _attempts;
    private readonly PublicAddress _address;
    private readonly AuditLog _audit;
    private readonly PeopleOptions _options;
    private readonly TimeProvider _clock;

    internal DeviceLogins(DeviceLoginParts parts, Database database, AuditLog audit, PeopleOptions options, TimeProvider clock)
    {
        _database = database;
        _issuer = parts.Issuer;
        _attempts = parts.Attempts;
        _address = parts.Address;
        _audit = audit;
        _options = options;
        _clock = clock;
    }

    /// <summary>Begins a login for a device.</summary>
    /// <param name="client">What the device calls itself, for example its host name.</param>
    /// <param name="visitor">Where it asks from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<StartedDeviceLogin>> StartAsync(string client, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (PersonInput.Name(client) is not { } name)
        {
            return PeopleRefusals.BadClient();
        }

        var now = _clock.GetUtcNow();
        var secret = SecretText.Create();
        var row = new DeviceLoginRow
        {
            DeviceDigest = SecretText.Digest(secret),
            UserCode = UserCode.Create(),
            Client = name,
            FromAddress = visitor.From,
            State = DeviceLoginState.Waiting,
            CreatedAt = now,
            ExpiresAt = now + _options.DeviceLoginLife,
            NextPollAt = now,
        };
        return await _database.InTransactionAsync<Result<StartedDeviceLogin>>(
            async transaction =>
            {
                if (await _attempts.BeginAsync(transaction, [AttemptKey.DeviceLogin(visitor)], cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                await DeviceLoginStore.SweepAsync(transaction, now, cancellationToken);
                await DeviceLoginStore.InsertAsync(transaction, row, cancellationToken);
                return new StartedDeviceLogin(secret, UserCode.Show(row.UserCode), _address.Of("/device"), row.ExpiresAt, _options.DevicePollPause);
            },
            cancellationToken);
    }

    /// <summary>The device that shows this code. Mistyping too often brings a pause.</summary>
    public async Task<Result<WaitingDevice>> LookAsync(string? userCode, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(userCode, caller, cancellationToken);
        return found.Succeeded
            ? new WaitingDevice(UserCode.Show(found.Value.UserCode), found.Value.Client, found.Value.FromAddress, found.Value.CreatedAt, found.Value.ExpiresAt)
            : found.Refusal!;
    }

    /// <summary>Lets the device in. Its token belongs to the caller and has at most these rights.</summary>
    /// <param name="userCode">The code.</param>
    /// <param name="rights">What the token may at most; null for all that the caller may.</param>
    /// <param name="days">How long it lives; null for 90 days.</param>
    /// <param name="caller">Who decides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<WaitingDevice>> ApproveAsync(
        string? userCode, IReadOnlyCollection<Right>? rights, int? days, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(userCode, caller, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        if (days is < 1 or > ApiToken.LongestDays)
        {
            return PeopleRefusals.BadTokenExpiry(ApiToken.LongestDays);
        }

        var input = new ApiTokenInput(found.Value.Client, rights ?? [.. caller.Rights], _clock.GetUtcNow().AddDays(days ?? DefaultDays));
        return _issuer.Refuse(input, caller) is { } refusal
            ? refusal
            : await DecideAsync(
                found.Value with
                {
                    State = DeviceLoginState.Approved,
                    AccountId = caller.Account!.Value.Value,
                    Rights = NameList.Write(input.Rights),
                    TokenExpiresAt = input.ExpiresAt,
                },
                caller, cancellationToken);
    }

    /// <summary>Does not let the device in.</summary>
    public async Task<Result<WaitingDevice>> DenyAsync(string? userCode, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(userCode, caller, cancellationToken);
        return found.Succeeded
            ? await DecideAsync(found.Value with { State = DeviceLoginState.Denied, AccountId = caller.Account!.Value.Value }, caller, cancellationToken)
            : found.Refusal!;
    }

    /// <summary>
    /// What the device asks again and again: refused as pending, too soon, denied or not good; answered once with its token. Of several who ask at
    /// once, one gets it.
    /// </summary>
    public async Task<Result<IssuedApiToken>> CollectAsync(string? deviceCode, CancellationToken cancellationToken)
    {
        if (!SecretText.IsWellFormed(deviceCode))
        {
            return PeopleRefusals.NoSuchDeviceCode();
        }

        var digest = SecretText.Digest(deviceCode!);
        return await _database.InTransactionAsync<Result<IssuedApiToken>>(
            async transaction =>
            {
                var now = _clock.GetUtcNow();
                var row = await DeviceLoginStore.FindByDeviceAsync(transaction, digest, cancellationToken);
                if (row is null || row.ExpiresAt <= now || row.State is DeviceLoginState.Collected)
                {
                    return PeopleRefusals.NoSuchDeviceCode();
                }

                if (!await DeviceLoginStore.TryPollAsync(transaction, row.Id, now, now + _options.DevicePollPause, cancellationToken))
                {
                    return PeopleRefusals.DevicePolledTooSoon();
                }

                return row.State switch
                {
                    DeviceLoginState.Waiting => PeopleRefusals.DevicePending(),
                    DeviceLoginState.Denied => PeopleRefusals.DeviceDenied(),
                    DeviceLoginState.Approved or DeviceLoginState.Collected => await CollectAsync(transaction, row, cancellationToken),
                };
            },
            cancellationToken);
    }

    private async Task<Result<IssuedApiToken>> CollectAsync(Transaction transaction, DeviceLoginRow row, CancellationToken cancellationToken)
    {
        var owner = new AccountId(row.AccountId!.Value);
        if (!await DeviceLoginStore.TryCollectAsync(transaction, row.Id, cancellationToken)
            || await AccountStore.FindAsync(transaction, owner, cancellationToken) is not { State: AccountState.Active })
        {
            return PeopleRefusals.NoSuchDeviceCode();
        }

        var input = new ApiTokenInput(row.Client, NameList.Parse<Right>(row.Rights!), row.TokenExpiresAt!.Value);
        return await _issuer.IssueAsync(transaction, input, owner, new Actor(ActorKind.Account, owner.ToString(), row.FromAddress), cancellationToken);
    }

    private async Task<Result<DeviceLoginRow>> FindAsync(string? typed, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PeopleRules.RefuseWithoutSession(caller) is { } refusal)
        {
            return refusal;
        }

        var key = AttemptKey.DeviceCode(caller.Account!.Value);
        if (await _attempts.BeginAsync([key], cancellationToken) is { } tooOften)
        {
            return tooOften;
        }

        var code = UserCode.Parse(typed) ?? "";
        return await _database.InTransactionAsync<Result<DeviceLoginRow>>(
            async transaction =>
            {
                if (await DeviceLoginStore.FindWaitingAsync(transaction, code, _clock.GetUtcNow(), cancellationToken) is not { } row)
                {
                    return PeopleRefusals.NoSuchDeviceCode();
                }

                await AttemptLimit.ForgetAsync(transaction, key, cancellationToken);
                return row;
            },
            cancellationToken);
    }

    private Task<Result<WaitingDevice>> DecideAsync(DeviceLoginRow decided, Caller caller, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<Result<WaitingDevice>>(
            async transaction =>
            {
                if (!await DeviceLoginStore.TryDecideAsync(transaction, decided, _clock.GetUtcNow(), cancellationToken))
                {
                    return PeopleRefusals.NoSuchDeviceCode();
                }

                var action = decided.State is DeviceLoginState.Approved ? "device-login-approved" : "device-login-denied";
                await _audit.AppendAsync(transaction, PeopleEvents.OfAccount(action, caller.Account!.Value, caller.Actor), cancellationToken);
                return new WaitingDevice(UserCode.Show(decided.UserCode), decided.Client, decided.FromAddress, decided.CreatedAt, decided.ExpiresAt);
            },
            cancellationToken);
}

/// <summary>What device logins need of the rest of the feature.</summary>
internal sealed record DeviceLoginParts(ApiTokenIssuer Issuer, AttemptLimit Attempts, PublicAddress Address);
