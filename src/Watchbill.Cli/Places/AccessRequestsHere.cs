using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Requests.Files;

namespace Watchbill.Cli.Places;

/// <summary>Access that ends by itself, in the database at hand.</summary>
internal sealed class AccessRequestsHere(IServiceProvider services, Caller caller) : IAccessRequests
{
    public async Task<Result<IReadOnlyList<OrganizationLine>>> OrganizationsAsync(CancellationToken cancellationToken) =>
        Result.Of<IReadOnlyList<OrganizationLine>>([.. (await Get<AskForAccess>().PlacesAsync(caller, cancellationToken)).Select(static place => new OrganizationLine(place.Connector, place.Name))]);

    public async Task<Result<IReadOnlyList<PlaceLine>>> SearchAsync(ConnectorId connector, string text, string? member, CancellationToken cancellationToken) =>
        (await Get<AskForAccess>().SearchAsync(connector, text, member, caller, cancellationToken)).Select<IReadOnlyList<PlaceLine>>(static list =>
        [
            .. list.Select(static one => new PlaceLine(Word.Of(one.Target.Kind), one.Target.Team, one.Name, one.Target.Role) { Project = one.Project?.Slug, Held = one.Held, LongestMinutes = one.LongestMinutes }),
        ]);

    public async Task<Result<RequestLine>> AskAsync(AskLine ask, CancellationToken cancellationToken)
    {
        var draft = new RequestDraft
        {
            Connector = ask.Connector,
            Target = new AccessTarget(Word.Parse<AccessKind>(ask.Place.Kind)!.Value, ask.Place.Team, ask.Place.Role),
            Project = ask.Place.Project,
            Member = ask.Member,
            Reason = ask.Reason,
            Ticket = ask.Ticket,
            Minutes = ask.Minutes,
            StartsAt = ask.StartsAt,
            IsBreakGlass = ask.IsEmergency,
        };
        return (await Get<AskForAccess>().RunAsync(draft, caller, cancellationToken)).Select(Of);
    }

    public async Task<Result<IReadOnlyList<RequestLine>>> ListAsync(RequestView view, int limit, CancellationToken cancellationToken) =>
        (view is RequestView.Waiting
            ? await Get<DecideRequests>().WaitingAsync(caller, cancellationToken)
            : await Get<DecideRequests>().ListAsync(new RequestFilter { OnlyOwn = view is RequestView.Mine, Limit = limit }, caller, cancellationToken))
        .Select<IReadOnlyList<RequestLine>>(list => [.. list.Take(limit).Select(Of)]);

    public async Task<Result<RequestPage>> ShowAsync(long request, CancellationToken cancellationToken) =>
        (await Get<DecideRequests>().FindAsync(new AccessRequestId(request), caller, cancellationToken)).Select(static details => new RequestPage(
            Of(details.Request),
            [.. details.Request.Steps.Select(static step => RequestSaid.Step(step.Needed, step.Approvers, step.By))],
            [.. details.Said.Select(static said => RequestSaid.Answer(Word.Of(said.Verdict), said.Account?.Value, said.Minutes, said.Reason))],
            details.Grant is { } grant ? Of(grant) : null));

    public async Task<Result<RequestLine>> ApproveAsync(long request, int? minutes, string? reason, CancellationToken cancellationToken) =>
        (await Get<DecideRequests>().ApproveAsync(new AccessRequestId(request), minutes, reason, caller, cancellationToken)).Select(Of);

    public async Task<Result<RequestLine>> DenyAsync(long request, string reason, CancellationToken cancellationToken) =>
        (await Get<DecideRequests>().DenyAsync(new AccessRequestId(request), reason, caller, cancellationToken)).Select(Of);

    public async Task<Result<RequestLine>> WithdrawAsync(long request, CancellationToken cancellationToken) =>
        (await Get<DecideRequests>().WithdrawAsync(new AccessRequestId(request), caller, cancellationToken)).Select(Of);

    public async Task<Result<IReadOnlyList<GrantLine>>> GrantsAsync(bool all, CancellationToken cancellationToken) =>
        (await Get<KeepGrants>().ListAsync(onlyOwn: !all, onlyOpen: true, caller, cancellationToken)).Select<IReadOnlyList<GrantLine>>(static list => [.. list.Select(Of)]);

    public async Task<Result<GrantLine>> EndAsync(long grant, string? reason, CancellationToken cancellationToken) =>
        (await Get<KeepGrants>().EndAsync(new TemporaryGrantId(grant), reason, caller, cancellationToken)).Select(Of);

    public async Task<Result<IReadOnlyList<DriftLine>>> DriftsAsync(bool all, CancellationToken cancellationToken) =>
        (await Get<DecideDrift>().ListAsync(onlyOpen: !all, caller, cancellationToken)).Select<IReadOnlyList<DriftLine>>(static list => [.. list.Select(Of)]);

    public async Task<Result<DriftLine>> AcceptAsync(long drift, string reason, int? minutes, CancellationToken cancellationToken) =>
        (await Get<DecideDrift>().AcceptAsync(new AccessDriftId(drift), reason, minutes, caller, cancellationToken)).Select(Of);

    public async Task<Result<DriftLine>> RemoveAsync(long drift, string reason, CancellationToken cancellationToken) =>
        (await Get<DecideDrift>().RemoveAsync(new AccessDriftId(drift), reason, caller, cancellationToken)).Select(Of);

    public Task<Result<string>> ExportPoliciesAsync(CancellationToken cancellationToken) => Get<PolicyFiles>().ExportAsync(caller, cancellationToken);

    public async Task<Result<IReadOnlyList<PolicyChangeLine>>> ImportPoliciesAsync(string text, bool isDryRun, CancellationToken cancellationToken) =>
        (await Get<PolicyFiles>().ImportAsync(text, isDryRun, caller, cancellationToken)).Select<IReadOnlyList<PolicyChangeLine>>(static list => [.. list.Select(static one => new PolicyChangeLine(one.Name, Word.Of(one.Kind)))]);

    private static RequestLine Of(AccessRequest request) => new(request.Id.Value, request.MemberName, request.ResourceName, request.Target.Role, Word.Of(request.State))
    {
        Project = request.ProjectName,
        Minutes = request.GrantedMinutes ?? request.Minutes,
        Reason = request.Reason,
        Ticket = request.Ticket,
        IsEmergency = request.IsBreakGlass,
        AskedAt = request.RequestedAt,
        DecidedAt = request.DecidedAt,
        Note = request.Note,
    };

    private static GrantLine Of(TemporaryGrant grant) => new(grant.Id.Value, grant.Request.Value, grant.Member, grant.Target.Role, Word.Of(grant.State), Word.Of(grant.Provisioning))
    {
        Team = grant.Target.Team,
        StartsAt = grant.StartsAt,
        EndsAt = grant.EndsAt,
        ProvenAt = grant.ProvenAt,
        Note = grant.Note,
    };

    private static DriftLine Of(AccessDrift drift) => new(drift.Id.Value, Word.Of(drift.Kind), Word.Of(drift.State), drift.Request.MemberName, drift.Request.ResourceName)
    {
        FoundRole = drift.FoundRole,
        FoundAt = drift.FoundAt,
        LoggedActor = drift.LoggedActor,
        Reason = drift.Reason,
    };

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}

/// <summary>Who decides and what they said, in words that are the same here and through a server.</summary>
internal static class RequestSaid
{
    public static string Step(int needed, IReadOnlyList<long> approvers, string by) => $"{needed} of account{(approvers.Count == 1 ? "" : "s")} {string.Join(", ", approvers)} ({by})";

    public static string Answer(string verdict, long? account, int? minutes, string? reason) =>
        $"{verdict}{(account is { } who ? $" by account {who}" : "")}{(minutes is { } length ? $" for {length} minutes" : "")}{(reason is { Length: > 0 } ? $": {reason}" : "")}";
}
