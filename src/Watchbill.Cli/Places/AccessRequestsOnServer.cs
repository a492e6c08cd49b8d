using Watchbill.Contracts.Client;
using Watchbill.Contracts.Requests;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>Access that ends by itself, on a server.</summary>
internal sealed class AccessRequestsOnServer(RequestsClient client) : IAccessRequests
{
    public Task<Result<IReadOnlyList<OrganizationLine>>> OrganizationsAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<OrganizationLine>>(async () =>
        [.. (await client.PlacesAsync(cancellationToken)).Select(static place => new OrganizationLine(new ConnectorId(place.Connector), place.Name))]);

    public Task<Result<IReadOnlyList<PlaceLine>>> SearchAsync(ConnectorId connector, string text, string? member, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<PlaceLine>>(async () =>
    [
        .. (await client.CatalogueAsync(new CatalogueQuery { Connector = connector.Value, Text = text, Member = member }, cancellationToken))
            .Select(static one => new PlaceLine(one.Kind, one.Team, one.Name, one.Role) { Project = one.Project, Held = one.Held, LongestMinutes = one.LongestMinutes }),
    ]);

    public Task<Result<RequestLine>> AskAsync(AskLine ask, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var request = new NewAccessRequest
        {
            Connector = ask.Connector.Value,
            Kind = ask.Place.Kind,
            Team = ask.Place.Team,
            Role = ask.Place.Role,
            Project = ask.Place.Project,
            Member = ask.Member,
            Reason = ask.Reason,
            Ticket = ask.Ticket,
            Minutes = ask.Minutes,
            StartsAt = ask.StartsAt,
            IsBreakGlass = ask.IsEmergency,
        };
        return Of(await client.AskAsync(request, cancellationToken));
    });

    public Task<Result<IReadOnlyList<RequestLine>>> ListAsync(RequestView view, int limit, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<RequestLine>>(async () =>
    {
        List<RequestLine> lines = [];
        string? cursor = null;
        do
        {
            var page = await client.ListAsync(new AccessRequestQuery { View = Word.Of(view), Limit = Math.Min(limit, 100), Cursor = cursor }, cancellationToken);
            lines.AddRange(page.Items.Select(Of));
            cursor = page.Next;
        }
        while (cursor is not null && lines.Count < limit);
        return [.. lines.Take(limit)];
    });

    public Task<Result<RequestPage>> ShowAsync(long request, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var details = await client.FindAsync(request, cancellationToken);
        return new RequestPage(
            Of(details.Request),
            [.. details.Request.Steps.Select(static step => RequestSaid.Step(step.Needed, step.Approvers, step.By))],
            [.. details.Said.Select(static said => RequestSaid.Answer(said.Verdict, said.Account, said.Minutes, said.Reason))],
            details.Grant is { } grant ? Of(grant) : null);
    });

    public Task<Result<RequestLine>> ApproveAsync(long request, int? minutes, string? reason, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.ApproveAsync(request, new RequestApproval { Minutes = minutes, Reason = reason }, cancellationToken)));

    public Task<Result<RequestLine>> DenyAsync(long request, string reason, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.DenyAsync(request, new RequestReason { Reason = reason }, cancellationToken)));

    public Task<Result<RequestLine>> WithdrawAsync(long request, CancellationToken cancellationToken) => AskAsync(async () => Of(await client.WithdrawAsync(request, cancellationToken)));

    public Task<Result<IReadOnlyList<GrantLine>>> GrantsAsync(bool all, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<GrantLine>>(async () => [.. (await client.GrantsAsync(new GrantQuery { All = all }, cancellationToken)).Select(Of)]);

    public Task<Result<GrantLine>> EndAsync(long grant, string? reason, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.EndAsync(grant, new RequestReason { Reason = reason }, cancellationToken)));

    public Task<Result<IReadOnlyList<DriftLine>>> DriftsAsync(bool all, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<DriftLine>>(async () => [.. (await client.DriftsAsync(new DriftQuery { All = all }, cancellationToken)).Select(Of)]);

    public Task<Result<DriftLine>> AcceptAsync(long drift, string reason, int? minutes, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.AcceptDriftAsync(drift, new DriftAcceptance { Reason = reason, Minutes = minutes }, cancellationToken)));

    public Task<Result<DriftLine>> RemoveAsync(long drift, string reason, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.RemoveDriftAsync(drift, new RequestReason { Reason = reason }, cancellationToken)));

    public Task<Result<string>> ExportPoliciesAsync(CancellationToken cancellationToken) => AskAsync(async () => (await client.ExportPoliciesAsync(cancellationToken)).Text);

    public Task<Result<IReadOnlyList<PolicyChangeLine>>> ImportPoliciesAsync(string text, bool isDryRun, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<PolicyChangeLine>>(async () =>
        [.. (await client.ImportPoliciesAsync(new PolicyImport { Text = text, DryRun = isDryRun }, cancellationToken)).Select(static one => new PolicyChangeLine(one.Name, one.Change))]);

    private static Task<Result<T>> AskAsync<T>(Func<Task<T>> ask) => WatchbillOnServer.AskAsync(ask);

    private static RequestLine Of(AccessRequest request) => new(request.Id, request.MemberName, request.ResourceName, request.Role, request.State)
    {
        Project = request.Project,
        Minutes = request.GrantedMinutes ?? request.Minutes,
        Reason = request.Reason,
        Ticket = request.Ticket,
        IsEmergency = request.IsBreakGlass,
        AskedAt = request.RequestedAt,
        DecidedAt = request.DecidedAt,
        Note = request.Note,
    };

    private static GrantLine Of(TemporaryGrant grant) => new(grant.Id, grant.Request, grant.Member, grant.Role, grant.State, grant.Provisioning)
    {
        Team = grant.Team,
        StartsAt = grant.StartsAt,
        EndsAt = grant.EndsAt,
        ProvenAt = grant.ProvenAt,
        Note = grant.Note,
    };

    private static DriftLine Of(AccessDrift drift) => new(drift.Id, drift.Kind, drift.State, drift.MemberName, drift.ResourceName)
    {
        FoundRole = drift.FoundRole,
        FoundAt = drift.FoundAt,
        LoggedActor = drift.LoggedActor,
        Reason = drift.Reason,
    };
}
