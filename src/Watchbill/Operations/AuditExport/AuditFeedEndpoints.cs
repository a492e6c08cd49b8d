using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.People;

namespace Watchbill.Operations.AuditExport;

/// <summary>Audit events as lines of JSON, for programs that fetch them: a file, not a document, so beside the API.</summary>
internal static class AuditFeedEndpoints
{
    /// <summary>Where they are.</summary>
    public const string Path = "/audit-log.jsonl";

    /// <summary>The header with the number to begin with next time.</summary>
    public const string NextHeader = "X-Watchbill-Next";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, SendAsync).RequireAuthorization().Needs(Right.ReadAudit).ExcludeFromDescription();

    private static async Task<IResult> SendAsync([AsParameters] FetchedEndpoints query, HttpContext http, AuditFeed feed, Caller caller)
    {
        var events = await feed.ReadAsync(query.From ?? 0, query.Limit ?? AuditFeed.MostAtOnce, caller, http.RequestAborted);
        if (!events.Succeeded)
        {
            return Problems.Of(events.Refusal!);
        }

        http.Response.Headers[NextHeader] = $"{(events.Value.Count == 0 ? query.From ?? 0 : events.Value[^1].Index + 1)}";
        var lines = string.Concat(events.Value.Select(one => AuditFeed.Line(one, query.Form == "plain" ? AuditForm.Plain : AuditForm.Ocsf) + "\n"));
        return TypedResults.Text(lines, "application/x-ndjson", Encoding.UTF8);
    }
}

/// <summary>Which events are fetched, and how they are written.</summary>
internal readonly record struct FetchedEndpoints
{
    [FromQuery] public long? From { get; init; }

    [FromQuery] public int? Limit { get; init; }

    [FromQuery] public string? Form { get; init; }
}
