using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.Tokens;

/// <summary>Makes, recognises, lists and revokes API tokens.</summary>
public sealed class ApiTokens
{
    private readonly Database _database;
    private readonly ApiTokenIssuer _issuer;
    private readonly LastUses _uses;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ApiTokens(Database database, ApiTokenIssuer issuer, LastUses uses, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _issuer = issuer;
        _uses = uses;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Makes a token of one's own. Its text is in the answer and nowhere else.</summary>
    public async Task<Result<IssuedApiToken>> CreateAsync(ApiTokenInput input, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        return (PeopleRules.RefuseWithoutSession(caller) ?? _issuer.Refuse(input, caller)) is { } refusal
            ? refusal
            : await _database.InTransactionAsync(
                transaction => _issuer.IssueAsync(transaction, input, caller.Account!.Value, caller.Actor, cancellationToken), cancellationToken);
    }

    /// <summary>Who a token stands for; null when it is unknown, expired, revoked, or its owner's account is closed. One question.</summary>
    /// <param name="text">The token as it was sent.</param>
    /// <param name="from">Where the request comes from; null when not known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ApiTokenHolder?> FindAsync(string? text, string? from, CancellationToken cancellationToken)
    {
        if (text?.StartsWith(ApiToken.Prefix, StringComparison.Ordinal) is not true || !SecretText.IsWellFormed(text[ApiToken.Prefix.Length..]))
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        await using var session = _database.OpenRead();
        if (await ApiTokenStore.FindAsync(session, SecretText.Digest(text), now, cancellationToken) is not ({ } row, { } owner))
        {
            return null;
        }

        _uses.Note(row.Id, row.LastUsedAt, now);
        var (token, account) = (row.ToToken(), owner.ToAccount());
        var rights = RoleRights.Of(account.Roles).Intersect(token.Rights);
        return new ApiTokenHolder(new Caller(new Actor(ActorKind.ApiToken, token.Id.ToString(), from), rights, account.Id) { IsService = account.Kind is HolderKind.Service }, token, account);
    }

    /// <summary>The tokens of one account, revoked and expired ones too, newest first. Everybody may see their own.</summary>
    public async Task<Result<IReadOnlyList<OwnedApiToken>>> ListAsync(AccountId owner, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != owner && caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await ApiTokenStore.ListAsync(session, owner, cancellationToken));
    }

    /// <summary>The tokens of everybody.</summary>
    public async Task<Result<IReadOnlyList<OwnedApiToken>>> ListAllAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return Result.Of(await ApiTokenStore.ListAsync(session, owner: null, cancellationToken));
    }

    /// <summary>Revokes a token: one's own, or with the right to manage accounts anybody's.</summary>
    public async Task<Result<ApiToken>> RevokeAsync(ApiTokenId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await _database.InTransactionAsync<Result<ApiToken>>(
            async transaction =>
            {
                // Whether somebody else's token exists is nobody's business who may not revoke it.
                var row = await ApiTokenStore.FindAsync(transaction, id, cancellationToken);
                if (row is null || (row.AccountId != caller.Account && !caller.May(Right.ManagePeople)))
                {
                    return PeopleRefusals.NoSuchToken();
                }

                var now = _clock.GetUtcNow();
                if (!await ApiTokenStore.TryRevokeAsync(transaction, id, now, cancellationToken))
                {
                    return PeopleRefusals.NoSuchToken();
                }

                var token = row.ToToken() with { RevokedAt = now };
                await _audit.AppendAsync(transaction, PeopleEvents.OfToken("api-token-revoked", token, caller.Actor), cancellationToken);
                return token;
            },
            cancellationToken);
    }
}
