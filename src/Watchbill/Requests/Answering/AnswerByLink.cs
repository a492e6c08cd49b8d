using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.Requests.Answering;

/// <summary>A request that a link lets somebody answer.</summary>
/// <param name="Request">The request.</param>
/// <param name="Name">Who was asked.</param>
public sealed record LinkedRequest(AccessRequest Request, string Name);

/// <summary>
/// Answers a request by the link that was mailed to whoever was asked, without signing in. A link answers once: it is bound to one person and one step, and nobody answers
/// twice. Looking uses nothing up, so mail programs that open links do no harm.
/// </summary>
public sealed class AnswerByLink
{
    private readonly Database _database;
    private readonly DecideRequests _requests;
    private readonly RequestDesk _desk;

    internal AnswerByLink(Database database, DecideRequests requests, RequestDesk desk)
    {
        _database = database;
        _requests = requests;
        _desk = desk;
    }

    /// <summary>What the link is about; a refusal when it does not work, or not any more.</summary>
    public async Task<Result<LinkedRequest>> LookAsync(string? secret, CancellationToken cancellationToken)
    {
        var found = await FindAsync(secret, cancellationToken);
        return found.Succeeded ? new LinkedRequest(found.Value.Request.ToRequest(), found.Value.Name) : found.Refusal!;
    }

    /// <summary>Says yes.</summary>
    public async Task<Result<AccessRequest>> ApproveAsync(string? secret, int? minutes, string? reason, CancellationToken cancellationToken)
    {
        var found = await FindAsync(secret, cancellationToken);
        return found.Succeeded ? await _requests.ApproveAsync(found.Value.Request.Id, minutes, reason, found.Value.Caller, cancellationToken) : found.Refusal!;
    }

    /// <summary>Says no, with a reason.</summary>
    public async Task<Result<AccessRequest>> DenyAsync(string? secret, string reason, CancellationToken cancellationToken)
    {
        var found = await FindAsync(secret, cancellationToken);
        return found.Succeeded ? await _requests.DenyAsync(found.Value.Request.Id, reason, found.Value.Caller, cancellationToken) : found.Refusal!;
    }

    private async Task<Result<Held>> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!SecretText.IsWellFormed(secret))
        {
            return RequestRefusals.DeadLink();
        }

        var book = await _desk.BookAsync(cancellationToken);
        await using var session = _database.OpenRead();
        var link = await AnswerLinkStore.FindAsync(session, SecretText.Digest(secret!), cancellationToken);
        var request = link is null || link.ExpiresAt <= _desk.Now ? null : await RequestStore.FindAsync(session, link.RequestId, cancellationToken);
        if (link is null || request is not { State: RequestState.Submitted } || request.Step != link.Step || !book.Has(link.AccountId)
            || (await RequestStore.ApprovalsAsync(session, request.Id, cancellationToken)).Exists(said => said.AccountId == link.AccountId))
        {
            return RequestRefusals.DeadLink();
        }

        // No right goes with a link: whoever was asked may answer, and nothing else.
        return new Held(request, book.NameOf(link.AccountId), new Caller(new Actor(ActorKind.Account, link.AccountId.ToString()), [], link.AccountId));
    }

    private sealed record Held(AccessRequestRow Request, string Name, Caller Caller);
}
