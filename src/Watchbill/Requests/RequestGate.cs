using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Requests.Answering;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>What follows from an answer: the next step is asked, or the access begins to be given. In the transaction of the answer, under the lock of the organization's changes.</summary>
internal sealed class RequestGate(GrantMachine machine, RequestDesk desk)
{
    /// <summary>Goes on from a request that was just asked.</summary>
    public async Task<AccessRequestRow> OpenAsync(Transaction transaction, AccessRequestRow asked, bool isAutomatic, AccountBook book, CancellationToken cancellationToken)
    {
        if (asked.IsBreakGlass)
        {
            await RequestStore.SayAsync(transaction, new ApprovalRow { RequestId = asked.Id, Step = 1, Verdict = Verdict.BreakGlass, At = desk.Now }, cancellationToken);
            await AlarmAsync(transaction, asked, book, cancellationToken);
            return await GrantAsync(transaction, asked, asked.Minutes, Actor.System, cancellationToken);
        }

        if (isAutomatic)
        {
            await RequestStore.SayAsync(transaction, new ApprovalRow { RequestId = asked.Id, Step = 1, Verdict = Verdict.Automatic, At = desk.Now }, cancellationToken);
            return await GrantAsync(transaction, asked, asked.Minutes, Actor.System, cancellationToken);
        }

        await AskAsync(transaction, asked, cancellationToken);
        return asked;
    }

    /// <summary>Goes on from a yes.</summary>
    public async Task<AccessRequestRow> ApprovedAsync(Transaction transaction, AccessRequestRow request, IReadOnlyList<ApprovalRow> said, Actor actor, CancellationToken cancellationToken)
    {
        var steps = request.ToRequest().Steps;
        var yes = said.Count(one => one.Step == request.Step && one.Verdict is Verdict.Approve);
        if (yes < steps[request.Step - 1].Needed)
        {
            return request;
        }

        if (request.Step < steps.Count)
        {
            var next = request with { Step = request.Step + 1 };
            await RequestStore.TryMoveAsync(transaction, request, next, cancellationToken);
            await AskAsync(transaction, next, cancellationToken);
            return next;
        }

        var shortest = said.Select(static one => one.Minutes).Append(request.Minutes).Min();
        return await GrantAsync(transaction, request, shortest, actor, cancellationToken);
    }

    private async Task<AccessRequestRow> GrantAsync(Transaction transaction, AccessRequestRow request, int? minutes, Actor actor, CancellationToken cancellationToken)
    {
        var now = desk.Now;
        var granted = request with { State = RequestState.Approved, DecidedAt = now, GrantedMinutes = minutes };
        await RequestStore.TryMoveAsync(transaction, request, granted, cancellationToken);
        await desk.NoteAsync(transaction, granted, "approved", actor, cancellationToken);
        var start = request.StartsAt is { } wanted && wanted > now ? wanted : now;
        var grant = new GrantRow
        {
            ConnectorId = request.ConnectorId,
            RequestId = request.Id,
            AccountId = request.AccountId,
            Member = request.Member,
            Kind = request.Kind,
            Team = request.Team,
            Role = request.Role,
            StartsAt = start,
            EndsAt = minutes is { } length ? start.AddMinutes(length) : DateTimeOffset.MaxValue,
            State = GrantState.Scheduled,
            Provisioning = GrantProvisioning.None,
        };
        grant = grant with { Id = await GrantStore.InsertAsync(transaction, grant, cancellationToken) };
        if (start <= now)
        {
            await machine.StartAsync(transaction, grant, cancellationToken);
        }

        await desk.TellAsync(
            transaction, [request.AccountId],
            new OwnerMessage(default, "request-decided", "Your request was granted", [$"{What(request)}: granted{(minutes is { } given ? $" for {given:N0} minutes" : "")}. You are told when Sentry shows it."], $"/requests/{request.Id}"),
            cancellationToken);
        return granted;
    }

    /// <summary>Asks those who decide in the open step, and tells the channels that want to know.</summary>
    private async Task AskAsync(Transaction transaction, AccessRequestRow request, CancellationToken cancellationToken)
    {
        var message = new OwnerMessage(
            default, "request-waits", $"{request.MemberName} asks for access",
            [$"{What(request)}. The reason: {request.Reason}", $"Those who were asked may decide until {request.ExpiresAt:yyyy-MM-dd HH:mm} UTC."], $"/requests/{request.Id}");
        await AnswerLinkStore.SweepAsync(transaction, desk.Now, cancellationToken);
        foreach (var account in request.ToRequest().Steps[request.Step - 1].Approvers.Select(static id => new AccountId(id)))
        {
            // The link is one person's own; channels get the page that asks who looks.
            var path = await AnswerLinkStore.IssueAsync(transaction, request, account, cancellationToken);
            await desk.TellAsync(transaction, [account], message with { Path = path }, cancellationToken);
        }

        await desk.AnnounceAsync(transaction, request.ConnectorId, message, cancellationToken);
    }

    /// <summary>An emergency is loud: everybody who may decide, everybody who may change access, the owners of the source and the channels.</summary>
    private async Task AlarmAsync(Transaction transaction, AccessRequestRow request, AccountBook book, CancellationToken cancellationToken)
    {
        var message = new OwnerMessage(
            default, "break-glass", $"{request.MemberName} took access in an emergency",
            [$"{What(request)}, for {request.Minutes:N0} minutes. The reason: {request.Reason}", $"Somebody else must look at it until {request.ReviewDueAt:yyyy-MM-dd HH:mm} UTC and say whether it was justified."],
            $"/requests/{request.Id}");
        var people = request.ToRequest().Steps.SelectMany(static step => step.Approvers).Select(static id => new AccountId(id))
            .Concat(book.All.Where(static account => account.MayChangeAccess).Select(static account => account.Id));
        await desk.TellAsync(transaction, people.Where(person => person != request.AccountId).Select(static person => (AccountId?)person), message, cancellationToken);
        await desk.AlarmAsync(transaction, request.ConnectorId, message, cancellationToken);
    }

    /// <summary>What a request is about, in words.</summary>
    internal static string What(AccessRequestRow request) => request.Kind is AccessKind.OrgRole
        ? $"{request.MemberName}: the role {request.Role} in the organization"
        : $"{request.MemberName}: {request.Role} on the team {request.ResourceName}{(request.ProjectName is { } project ? $", for the project {project}" : "")}";
}
