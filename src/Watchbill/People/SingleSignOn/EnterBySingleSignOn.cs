using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.Storage;

namespace Watchbill.People.SingleSignOn;

/// <summary>
/// Lets in whom the identity provider vouches for: into the account that they entered before, else into the one with their verified address, else into a new one.
/// Where groups give roles, they decide about them at each sign-in.
/// </summary>
public sealed class EnterBySingleSignOn
{
    private readonly Database _database;
    private readonly SingleSignOnOptions _options;
    private readonly SessionBook _sessions;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal EnterBySingleSignOn(Database database, SingleSignOnOptions options, SessionBook sessions, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _options = options;
        _sessions = sessions;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Begins a session for somebody who has just signed in at the provider.</summary>
    /// <param name="person">What the provider said; its signature was verified.</param>
    /// <param name="visitor">Where they come from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SignedIn>> RunAsync(ProviderPerson person, Visitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(visitor);
        if (_options.GroupRoles.Count > 0 && person.Groups is null)
        {
            return PeopleRefusals.ProviderListsNoGroups();
        }

        var entering = new Entering(person, person.AddressIsVerified || _options.TrustsAddresses ? PersonInput.Address(person.Address) : null, RolesOf(person), visitor);
        return await _database.InTransactionAsync<Result<SignedIn>>(
            async transaction =>
            {
                await LockAsync(transaction, entering, cancellationToken);
                var found = await FindAsync(transaction, entering, cancellationToken);
                if (!found.Succeeded)
                {
                    return found.Refusal!;
                }

                var settled = found.Value is { } row
                    ? await SettleAsync(transaction, row, entering, cancellationToken)
                    : await MakeAsync(transaction, entering, cancellationToken);
                return settled.Succeeded ? await BeginAsync(transaction, settled.Value, entering, cancellationToken) : settled.Refusal!;
            },
            cancellationToken);
    }

    /// <summary>Whoever is signed in at the provider comes in without a proof: the session is as fresh as the provider says, and stale where it says nothing.</summary>
    private async Task<Result<SignedIn>> BeginAsync(Transaction transaction, AccountRow row, Entering entering, CancellationToken cancellationToken)
    {
        var begun = await _sessions.BeginAsync(transaction, row.ToAccount(), entering.Visitor, "single sign-on", cancellationToken);
        var proved = entering.Person.ProvedAt ?? DateTimeOffset.UnixEpoch;
        await SessionStore.ProveAsync(transaction, begun.Session.Id, proved, entering.Person.Session, cancellationToken);
        return begun with { Session = begun.Session with { ProvedAt = proved } };
    }

    /// <summary>One person is settled once, and neither the first account nor the last Super Administrator is decided about twice at the same time.</summary>
    private static async Task LockAsync(Transaction transaction, Entering entering, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"provider login {entering.Person.Issuer} {entering.Person.Subject}", cancellationToken);
        await Database.LockAsync(transaction, $"address {entering.Address}", cancellationToken);
        await SuperAdministrators.LockAsync(transaction, cancellationToken);
        await SetupLink.LockAsync(transaction, cancellationToken);
    }

    /// <summary>Their account; null when there is none yet. An address that was given on leads nobody into its former owner's account.</summary>
    private static async Task<Result<AccountRow?>> FindAsync(Transaction transaction, Entering entering, CancellationToken cancellationToken)
    {
        var (issuer, subject) = (entering.Person.Issuer, entering.Person.Subject);
        if (await ProviderLoginStore.FindAsync(transaction, issuer, subject, cancellationToken) is { } known)
        {
            return Result.Of(await AccountStore.FindAsync(transaction, known.AccountId, cancellationToken));
        }

        if (entering.Address is not { } address)
        {
            return PeopleRefusals.ProviderNamesNoAddress();
        }

        var row = await AccountStore.FindAsync(transaction, address, cancellationToken);
        if (row is { Kind: HolderKind.Service })
        {
            return PeopleRefusals.NotOfService();
        }

        return row is not null && await ProviderLoginStore.AnyAsync(transaction, row.Id, issuer, cancellationToken)
            ? PeopleRefusals.ProviderNamesSomebodyElse()
            : Result.Of(row);
    }

    private async Task<Result<AccountRow>> SettleAsync(Transaction transaction, AccountRow row, Entering entering, CancellationToken cancellationToken)
    {
        if (row.State is AccountState.Closed)
        {
            await _audit.AppendAsync(transaction, PeopleEvents.SignInFailed(row.Id, entering.Visitor), cancellationToken);
            return PeopleRefusals.ProviderAccountClosed();
        }

        var roles = await KeptRolesAsync(transaction, row, entering.Roles, cancellationToken);
        var after = row with
        {
            Name = row.Name ?? PersonInput.Name(entering.Person.Name),
            Roles = roles is null ? row.Roles : NameList.Write(roles.Count == 0 ? [Role.Member] : roles),
            State = AccountState.Active,
            StateSince = row.State is AccountState.Active ? row.StateSince : _clock.GetUtcNow(),
            AcceptedAt = row.AcceptedAt ?? _clock.GetUtcNow(),
        };
        if (after != row && !await TryChangeAsync(transaction, row, after, entering, cancellationToken))
        {
            return PeopleRefusals.ChangedMeanwhile();
        }

        if (roles is { Count: 0 })
        {
            await SessionStore.DeleteAllAsync(transaction, row.Id, except: default, cancellationToken);
            return PeopleRefusals.ProviderGivesNoRole();
        }

        await TieAsync(transaction, row.Id, entering, cancellationToken);
        return await AccountStore.FindAsync(transaction, row.Id, cancellationToken) is { } now ? now : PeopleRefusals.NoSuchAccount(row.Id);
    }

    private async Task<bool> TryChangeAsync(Transaction transaction, AccountRow row, AccountRow after, Entering entering, CancellationToken cancellationToken)
    {
        if (!await AccountStore.TryUpdateAsync(transaction, after, cancellationToken))
        {
            // Renaming oneself takes none of the locks.
            return false;
        }

        if (row.State is AccountState.Invited)
        {
            await OneTimeLinkStore.VoidAllAsync(transaction, row.Id, cancellationToken);
        }

        var action = row.State is AccountState.Invited ? "invitation-accepted" : row.Roles != after.Roles ? "roles-taken-from-provider" : "account-renamed";
        await _audit.AppendAsync(transaction, PeopleEvents.Changed(action, row, after, PeopleEvents.By(row.Id, entering.Visitor)), cancellationToken);
        return true;
    }

    /// <summary>The roles that the groups decide; null when they decide nothing. There is always an active Super Administrator: the last one stays what they are.</summary>
    private static async Task<IReadOnlyList<Role>?> KeptRolesAsync(Transaction transaction, AccountRow row, IReadOnlyList<Role>? decided, CancellationToken cancellationToken)
    {
        return decided is not null && !decided.Contains(Role.SuperAdministrator) && await SuperAdministrators.IsLastAsync(transaction, row, cancellationToken)
            ? [.. decided, Role.SuperAdministrator]
            : decided;
    }

    private async Task<Result<AccountRow>> MakeAsync(Transaction transaction, Entering entering, CancellationToken cancellationToken)
    {
        var roles = entering.Roles ?? (_options.DefaultRole is { } role ? [role] : []);
        if (roles.Count == 0)
        {
            return PeopleRefusals.ProviderGivesNoRole();
        }

        var now = _clock.GetUtcNow();
        var row = new AccountRow
        {
            Name = PersonInput.Name(entering.Person.Name),
            Address = entering.Address!,
            Roles = NameList.Write(roles),
            State = AccountState.Active,
            StateSince = now,
            Version = 1,
            CreatedAt = now,
            AcceptedAt = now,
        };
        var id = await AccountStore.InsertAsync(transaction, row, cancellationToken);
        if (roles.Contains(Role.SuperAdministrator))
        {
            // Watchbill is set up now: the link that would make the first administrator must not make a second one.
            await OneTimeLinkStore.VoidAsync(transaction, OneTimeLinkKind.SetUp, default, cancellationToken);
        }

        await _audit.AppendAsync(transaction, PeopleEvents.Made("account-made", row, id, PeopleEvents.By(id, entering.Visitor)), cancellationToken);
        await TieAsync(transaction, id, entering, cancellationToken);
        return row with { Id = id };
    }

    private async Task TieAsync(Transaction transaction, AccountId id, Entering entering, CancellationToken cancellationToken)
    {
        var (issuer, subject) = (entering.Person.Issuer, entering.Person.Subject);
        if (await ProviderLoginStore.FindAsync(transaction, issuer, subject, cancellationToken) is null)
        {
            await ProviderLoginStore.InsertAsync(transaction, new ProviderLoginRow { Issuer = issuer, Subject = subject, AccountId = id, CreatedAt = _clock.GetUtcNow() }, cancellationToken);
            await _audit.AppendAsync(transaction, PeopleEvents.Tied("provider-tied", id, issuer, PeopleEvents.By(id, entering.Visitor)), cancellationToken);
        }
    }

    /// <summary>What the groups make of somebody; null where they decide nothing.</summary>
    private List<Role>? RolesOf(ProviderPerson person)
    {
        if (_options.GroupRoles.Count == 0)
        {
            return null;
        }

        List<Role> given = [.. person.Groups!.SelectMany(group => _options.GroupRoles.GetValueOrDefault(group) ?? []).Distinct()];
        return given.Count == 0 && _options.DefaultRole is { } role ? [role] : given;
    }

    /// <summary>Somebody at the door.</summary>
    /// <param name="Person">What the provider said.</param>
    /// <param name="Address">Their address, where it counts.</param>
    /// <param name="Roles">What their groups make of them; null where groups decide nothing.</param>
    /// <param name="Visitor">Where they come from.</param>
    private sealed record Entering(ProviderPerson Person, string? Address, IReadOnlyList<Role>? Roles, Visitor Visitor);
}
