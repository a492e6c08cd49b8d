using System.Text.RegularExpressions;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Tokens;

/// <summary>What the account of a program will be.</summary>
/// <param name="Name">What to call it, for example what it does.</param>
/// <param name="Roles">What it may; never that of a Super Administrator.</param>
public sealed record ServiceAccountInput(string Name, IReadOnlyCollection<Role> Roles);

/// <summary>
/// Accounts of programs: pipelines, Terraform, exporters. A token of somebody's own stops working when they leave, and what it did is said to be theirs; a program's account is its own in the audit log,
/// and stays. Only somebody who is signed in makes one and its tokens.
/// </summary>
public sealed partial class ServiceAccounts
{
    /// <summary>No mail is ever delivered to it, and no identity provider can have verified an address in it.</summary>
    private const string Domain = "service.invalid";

    private readonly Database _database;
    private readonly ApiTokenIssuer _issuer;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ServiceAccounts(Database database, ApiTokenIssuer issuer, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _issuer = issuer;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Makes an account. It can do nothing before it has a token.</summary>
    public async Task<Result<Account>> CreateAsync(ServiceAccountInput input, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManagePeople) ?? PeopleRules.RefuseWithoutSession(caller) ?? PersonInput.RefuseRoles(input.Roles)
            ?? PeopleRules.RefuseRolesOfService(HolderKind.Service, input.Roles) ?? PeopleRules.RefuseBeyond(input.Roles, caller)) is { } refusal)
        {
            return refusal;
        }

        if (PersonInput.Name(input.Name) is not { } name || Separators().Replace(name.ToLowerInvariant(), "-").Trim('-') is not { Length: > 0 } slug)
        {
            return PeopleRefusals.BadName();
        }

        var address = $"{slug[..Math.Min(slug.Length, 60)].Trim('-')}@{Domain}";
        return await _database.InTransactionAsync<Result<Account>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"address {address}", cancellationToken);
                if (await AccountStore.FindAsync(transaction, address, cancellationToken) is not null)
                {
                    return PeopleRefusals.ServiceNameTaken();
                }

                var now = _clock.GetUtcNow();
                var row = new AccountRow
                {
                    Kind = HolderKind.Service,
                    Name = name,
                    Address = address,
                    Roles = NameList.Write(input.Roles),
                    State = AccountState.Active,
                    StateSince = now,
                    Version = 1,
                    CreatedAt = now,
                    AcceptedAt = now,
                };
                row = row with { Id = await AccountStore.InsertAsync(transaction, row, cancellationToken) };
                await _audit.AppendAsync(transaction, PeopleEvents.Made("service-account-made", row, row.Id, caller.Actor), cancellationToken);
                return row.ToAccount();
            },
            cancellationToken);
    }

    /// <summary>Makes a token for it, within its roles. Its text is in the answer and nowhere else.</summary>
    public async Task<Result<IssuedApiToken>> IssueTokenAsync(AccountId id, ApiTokenInput input, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManagePeople) ?? PeopleRules.RefuseWithoutSession(caller)) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<IssuedApiToken>>(
            async transaction =>
            {
                if (await AccountStore.FindAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return PeopleRefusals.NoSuchAccount(id);
                }

                var account = row.ToAccount();
                var refused = row.Kind is not HolderKind.Service ? PeopleRefusals.NotOfPerson()
                    : row.State is not AccountState.Active ? PeopleRefusals.NotInState("active")
                    : PeopleRules.RefuseBeyond(account.Roles, caller) ?? _issuer.Refuse(input, new Caller(caller.Actor, RoleRights.Of(account.Roles), id));
                return refused is not null ? refused : await _issuer.IssueAsync(transaction, input, id, caller.Actor, cancellationToken);
            },
            cancellationToken);
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
