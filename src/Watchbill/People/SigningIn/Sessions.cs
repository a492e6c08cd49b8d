using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.SigningIn;

/// <summary>Recognises signed-in browsers, shows somebody where they are signed in, and ends sessions.</summary>
public sealed class Sessions
{
    private readonly Database _database;
    private readonly SessionBook _book;
    private readonly LastUses _uses;
    private readonly AuditLog _audit;

    internal Sessions(Database database, SessionBook book, LastUses uses, AuditLog audit)
    {
        _database = database;
        _book = book;
        _uses = uses;
        _audit = audit;
    }

    /// <summary>Who a token stands for; null when it is unknown, has ended, or its account is closed. One question; its use is noted and written later.</summary>
    /// <param name="token">What the browser shows.</param>
    /// <param name="from">Where the request comes from; null when not known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SessionHolder?> FindAsync(string? token, string? from, CancellationToken cancellationToken)
    {
        if (!SecretText.IsWellFormed(token))
        {
            return null;
        }

        var bounds = _book.Bounds;
        (SessionRow Session, AccountRow Account)? found;
        await using (var session = _database.OpenRead())
        {
            found = await SessionStore.FindAsync(session, SecretText.Digest(token!), bounds, cancellationToken);
        }

        if (found is not ({ } row, { } owner))
        {
            return null;
        }

        _uses.Note(row.Id, row.LastSeenAt, bounds.Now);
        var account = owner.ToAccount();
        return new SessionHolder(account.ToCaller(from), account, row.ToSession());
    }

    /// <summary>The sessions of an account, last used first. Everybody may see their own.</summary>
    public async Task<Result<IReadOnlyList<Session>>> ListAsync(AccountId account, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account != account && caller.Lacks(Right.ReadPeople) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var rows = await SessionStore.ListAsync(session, account, _book.Bounds, cancellationToken);
        return Result.Of<IReadOnlyList<Session>>([.. rows.Select(static row => row.ToSession())]);
    }

    /// <summary>Ends one session: one's own, or with the right to manage accounts anybody's.</summary>
    /// <param name="id">Which.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SessionId>> EndAsync(SessionId id, AccountId account, Caller caller, CancellationToken cancellationToken)
    {
        if (RefuseToEnd(account, caller) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<SessionId>>(
            async transaction =>
            {
                if (!await SessionStore.DeleteAsync(transaction, id, account, cancellationToken))
                {
                    return PeopleRefusals.NoSuchSession();
                }

                await _audit.AppendAsync(transaction, PeopleEvents.SessionEnded(account, id, caller.Actor), cancellationToken);
                return id;
            },
            cancellationToken);
    }

    /// <summary>Ends all sessions of an account: one's own, or with the right to manage accounts anybody's.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="except">The one that stays, because it asks; null when none does.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many ended.</returns>
    public async Task<Result<int>> EndAllAsync(AccountId account, SessionId? except, Caller caller, CancellationToken cancellationToken)
    {
        if (RefuseToEnd(account, caller) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                var ended = await SessionStore.DeleteAllAsync(transaction, account, except ?? default, cancellationToken);
                if (ended > 0)
                {
                    await _audit.AppendAsync(transaction, PeopleEvents.SessionsEnded(account, ended, caller.Actor), cancellationToken);
                }

                return ended;
            },
            cancellationToken);
    }

    private static Refusal? RefuseToEnd(AccountId account, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Account == account ? null : caller.Lacks(Right.ManagePeople);
    }
}
