using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Requests;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Requests;

namespace Watchbill.Requests.Drifts;

/// <summary>Access that differs from what was granted, over HTTP.</summary>
internal static class DriftEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var drifts = api.MapGroup("/drifts").WithTags("Access requests");
        drifts.MapGet("", ([AsParameters] DriftQuery query, DecideDrift drift, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                drift.ListAsync(onlyOpen: !query.All, caller, cancellationToken), static list => (IReadOnlyList<Contract.AccessDrift>)[.. list.Select(Of)]))
            .Needs(Right.ReadAccess).WithName("listDrifts").WithSummary("Access in Sentry that differs from what was granted: the last 500, open ones first");
        drifts.MapPost("/{drift:long}/accept", (long drift, DriftAcceptance input, DecideDrift decide, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(decide.AcceptAsync(new AccessDriftId(drift), input.Reason, input.Minutes, caller, cancellationToken), Of))
            .Needs(Right.ChangeAccess).Idempotent().WithName("acceptDrift").WithSummary("Lets it stay, with a reason and an end");
        drifts.MapPost("/{drift:long}/remove", (long drift, RequestReason input, DecideDrift decide, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(decide.RemoveAsync(new AccessDriftId(drift), input.Reason ?? "", caller, cancellationToken), Of))
            .Needs(Right.ChangeAccess).Idempotent().WithName("removeDrift").WithSummary("Puts back what was granted or, after the end, what was there before");
    }

    private static Contract.AccessDrift Of(AccessDrift drift) => new()
    {
        Id = drift.Id.Value,
        Grant = RequestContracts.Of(drift.Grant),
        MemberName = drift.Request.MemberName,
        ResourceName = drift.Request.ResourceName,
        Kind = Word.Of(drift.Kind),
        State = Word.Of(drift.State),
        FoundRole = drift.FoundRole,
        FoundAt = drift.FoundAt,
        LoggedActor = drift.LoggedActor,
        LoggedAt = drift.LoggedAt,
        Reason = drift.Reason,
        DecidedBy = drift.DecidedBy?.Value,
        DecidedAt = drift.DecidedAt,
    };
}
