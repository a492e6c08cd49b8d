using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Audit;
using Watchbill.Contracts;
using Watchbill.Contracts.People;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.People;

/// <summary>The record of what was done in Watchbill, over HTTP.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/audit", ListAsync).Needs(Right.ReadAudit).WithTags("Audit").WithName("listAuditEvents").WithSummary("What was done in Watchbill, newest first");

    private static async Task<Results<Ok<Page<Contract.AuditEvent>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AuditEventQuery query, ReadAudit audit, Caller caller, HttpRequest request, CancellationToken cancellationToken)
    {
        var cursor = Cursor.Of(request, query.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        var limit = query.Limit ?? PageQuery.DefaultLimit;
        var wanted = new AuditQuery
        {
            SubjectKind = query.SubjectKind,
            SubjectId = query.SubjectId,
            From = query.From,
            To = query.To,
            BeforeId = cursor.Value.Position == 0 ? null : cursor.Value.Position,
            Limit = limit,
        };
        return await Answers.Ok(audit.RunAsync(wanted, caller, cancellationToken), events => new Page<Contract.AuditEvent>(
            [.. events.Select(PeopleContracts.Of)], Total: null, events.Count < limit ? null : new Cursor(events[^1].Id, At: null).For(request)));
    }
}
