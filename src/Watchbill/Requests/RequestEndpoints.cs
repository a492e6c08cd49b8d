using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Requests;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Requests.Files;
using Contract = Watchbill.Contracts.Requests;

namespace Watchbill.Requests;

/// <summary>Access that is asked for, over HTTP. Asking and deciding need no right of their own: policies say who may ask, requests whom they wait for.</summary>
internal static class RequestEndpoints
{
    private const string Tag = "Access requests";

    public static void Map(RouteGroupBuilder api)
    {
        var requests = api.MapGroup("/requests").WithTags(Tag);
        requests.MapGet("/catalogue", ([AsParameters] CatalogueQuery query, AskForAccess ask, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(ask.SearchAsync(new ConnectorId(query.Connector), query.Text, query.Member, caller, cancellationToken), static list => (IReadOnlyList<Contract.CatalogueEntry>)[.. list.Select(RequestContracts.Of)]))
            .WithName("listRequestable").WithSummary("What the caller may ask for: teams, the least powerful team of each project, roles");
        requests.MapGet("/places", (AskForAccess ask, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(PlacesAsync(ask, caller, cancellationToken), static list => (IReadOnlyList<Contract.RequestPlace>)[.. list.Select(static one => new Contract.RequestPlace(one.Connector.Value, one.Name))]))
            .WithName("listRequestPlaces").WithSummary("The organizations in which the caller is a member and may ask for access");
        requests.MapGet("", ListAsync).WithName("listRequests").WithSummary("Requests: one's own, those that wait for one, or all; the newest first");
        requests.MapGet("/{request:long}", ([AsParameters] OneRequestEndpoints one) => Answers.Ok(one.Requests.FindAsync(one.Id, one.Caller, one.CancellationToken), RequestContracts.Of))
            .WithName("getRequest").WithSummary("A request, what was said about it and what came of it");
        requests.MapPost("", (NewAccessRequest input, AskForAccess ask, Caller caller, CancellationToken cancellationToken) => Answers.Created(
                ask.RunAsync(RequestContracts.Of(input), caller, cancellationToken), static made => $"{WatchbillApi.Prefix}/requests/{made.Id}", RequestContracts.Of))
            .Idempotent().WithName("askForAccess").WithSummary("Asks for access; what a policy's rule grants, or what is an emergency, is given at once");
        requests.MapPost("/{request:long}/approve", ([AsParameters] OneRequestEndpoints one, RequestApproval input) =>
                Answers.Ok(one.Requests.ApproveAsync(one.Id, input.Minutes, input.Reason, one.Caller, one.CancellationToken), RequestContracts.Of))
            .Idempotent().WithName("approveRequest").WithSummary("Says yes, for a shorter time if wanted");
        requests.MapPost("/{request:long}/deny", ([AsParameters] OneRequestEndpoints one, RequestReason input) =>
                Answers.Ok(one.Requests.DenyAsync(one.Id, input.Reason ?? "", one.Caller, one.CancellationToken), RequestContracts.Of))
            .Idempotent().WithName("denyRequest").WithSummary("Says no, with a reason");
        requests.MapPost("/{request:long}/withdraw", ([AsParameters] OneRequestEndpoints one) => Answers.Ok(one.Requests.WithdrawAsync(one.Id, one.Caller, one.CancellationToken), RequestContracts.Of))
            .Idempotent().WithName("withdrawRequest").WithSummary("Takes a request back");
        requests.MapPost("/{request:long}/review", ([AsParameters] OneRequestEndpoints one, EmergencyReview input) =>
                Answers.Ok(one.Requests.ReviewAsync(one.Id, input.WasJustified, input.Note, one.Caller, one.CancellationToken), RequestContracts.Of))
            .Idempotent().WithName("reviewEmergency").WithSummary("Says of an emergency, afterwards, whether it was one");

        var grants = api.MapGroup("/grants").WithTags(Tag);
        grants.MapGet("", ([AsParameters] GrantQuery query, KeepGrants keep, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                keep.ListAsync(onlyOwn: !query.All, onlyOpen: !query.Ended, caller, cancellationToken), static list => (IReadOnlyList<Contract.TemporaryGrant>)[.. list.Select(RequestContracts.Of)]))
            .WithName("listGrants").WithSummary("Temporary access: one's own, or everybody's; the next to end first");
        grants.MapPost("/{grant:long}/end", (long grant, RequestReason input, KeepGrants keep, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(keep.EndAsync(new TemporaryGrantId(grant), input.Reason, caller, cancellationToken), RequestContracts.Of))
            .Idempotent().WithName("endGrant").WithSummary("Ends temporary access before its time: gives back one's own, or revokes somebody's with a reason");

        var policies = api.MapGroup("/request-policies").WithTags(Tag);
        policies.MapGet("", (ManagePolicies manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(manage.ListAsync(caller, cancellationToken), static list => (IReadOnlyList<Contract.RequestPolicy>)[.. list.Select(RequestContracts.Of)]))
            .Needs(Right.ReadAccess).WithName("listRequestPolicies").WithSummary("Who may ask for what, and who decides; in the order in which policies are asked");
        policies.MapGet("/{policy:long}/versions", (long policy, ManagePolicies manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.VersionsAsync(new RequestPolicyId(policy), caller, cancellationToken), static list => (IReadOnlyList<Contract.RequestPolicy>)[.. list.Select(static version => RequestContracts.Of(version.Policy))]))
            .Needs(Right.ReadAccess).WithName("listRequestPolicyVersions").WithSummary("All versions of a policy, the newest first");
        policies.MapGet("/export", (PolicyFiles files, Caller caller, CancellationToken cancellationToken) => Answers.Ok(files.ExportAsync(caller, cancellationToken), static text => new PolicyText(text)))
            .Needs(Right.ReadAccess).WithName("exportRequestPolicies").WithSummary("All policies as one text, in YAML");
        policies.MapPost("/import", (PolicyImport input, PolicyFiles files, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                files.ImportAsync(input.Text, input.DryRun, caller, cancellationToken),
                static list => (IReadOnlyList<Contract.PolicyFileChange>)[.. list.Select(static one => new Contract.PolicyFileChange(one.Name, Word.Of(one.Kind)))]))
            .Needs(Right.ChangeAccess).Idempotent().WithName("importRequestPolicies").WithSummary("Makes the policies what a text says, all of it or nothing; those it does not name are left");
        policies.MapPost("", async (Contract.RequestPolicy input, ManagePolicies manage, Caller caller, CancellationToken cancellationToken) =>
            {
                var policy = RequestContracts.Of(input);
                return Answers.Ok(policy.Succeeded ? await manage.SaveAsync(policy.Value, caller, cancellationToken) : policy, RequestContracts.Of);
            })
            .Needs(Right.ChangeAccess).Idempotent().WithName("saveRequestPolicy").WithSummary("Makes a policy, or changes the one whose number and version it has");
    }

    private static async Task<Result<IReadOnlyList<RequestPlace>>> PlacesAsync(AskForAccess ask, Caller caller, CancellationToken cancellationToken) =>
        Result.Of(await ask.PlacesAsync(caller, cancellationToken));

    private static async Task<Results<Ok<Page<Contract.AccessRequest>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AccessRequestQuery query, DecideRequests requests, HttpContext http, Caller caller, CancellationToken cancellationToken)
    {
        var cursor = Cursor.Of(http.Request, query.Cursor);
        if (cursor.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var limit = query.Limit ?? PageQuery.DefaultLimit;
        var filter = new RequestFilter
        {
            OnlyOwn = query.View == "mine",
            State = Word.Parse<RequestState>(query.State),
            Before = cursor.Value.Position == 0 ? null : new AccessRequestId(cursor.Value.Position),
            Limit = limit,
        };
        var isWaiting = query.View == "waiting";
        var found = isWaiting ? await requests.WaitingAsync(caller, cancellationToken) : await requests.ListAsync(filter, caller, cancellationToken);
        return Answers.Ok(found, list => new Page<Contract.AccessRequest>(
            [.. list.Select(RequestContracts.Of)], Total: null, isWaiting || list.Count < limit ? null : new Cursor(list[^1].Id.Value, At: null).For(http.Request)));
    }
}

/// <summary>Something about one request over HTTP.</summary>
internal readonly record struct OneRequestEndpoints(long Request, DecideRequests Requests, Caller Caller, CancellationToken CancellationToken)
{
    public AccessRequestId Id => new(Request);
}
