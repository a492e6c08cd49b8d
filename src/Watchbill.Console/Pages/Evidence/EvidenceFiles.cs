using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Connectors;
using Watchbill.Connectors.Collecting;
using Watchbill.Console.Pages.Explore;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Evidence;

/// <summary>Evidence as files, with the filters of the address in force.</summary>
internal sealed class EvidenceFiles(EvidenceQueries evidence, ConnectorQueries connectors, CurrentCaller me, IHttpContextAccessor accessor)
{
    /// <summary>Larger lists are for the command line and the API, which do not hold them in memory.</summary>
    public const int MostRows = 20_000;

    private static readonly IReadOnlyList<CsvColumn<EvidenceRecord>> Columns =
    [
        new("key", static row => row.Key),
        new("name", static row => row.Name),
        new("parent", static row => row.Parent),
        new("state", static row => row.State),
        new("at", static row => row.At),
        new("last_at", static row => row.LastAt),
        new("known_since", static row => row.From),
        new("document", static row => row.Document),
        new("counters", static row => row.Counters),
    ];

    /// <summary>Sends a kind as a file; 404 when there is no such thing, or too much of it.</summary>
    public async Task SendAsync(long connector, string kind)
    {
        var context = accessor.HttpContext!;
        var (id, query) = (new ConnectorId(connector), context.Request.Query);
        var found = await connectors.FindAsync(id, me.Caller, context.RequestAborted);
        if (EvidenceKinds.Find(kind) is not { } info || !found.Succeeded)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var question = new EvidenceQuestion(id, info.Kind)
        {
            At = Instant.Parse(query["at"]),
            Search = query["q"],
            State = query["state"] is [{ Length: > 0 } state] ? state : null,
            Parent = query["of"] is [{ Length: > 0 } parent] ? parent : null,
            ByKey = true,
            Take = EvidenceQuestion.MostRows,
        };
        List<EvidenceRecord> rows = [];
        EvidenceList page;
        do
        {
            page = (await evidence.ListAsync(question with { After = rows.Count == 0 ? null : rows[^1].Key }, me.Caller, context.RequestAborted)).Value;
            if (page.Count > MostRows)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            rows.AddRange(page.Rows);
        }
        while (page.Rows.Count == EvidenceQuestion.MostRows);
        await CsvFile.WriteAsync(context, $"{found.Value.OrganizationSlug}-{info.Name}-{page.Source?.StartedAt:yyyy-MM-dd}", Columns, rows);
    }
}

/// <summary>Where the files are.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidenceFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/org/{connector:long}/evidence/{kind}.csv", [Needs(Right.ReadAccess)] (long connector, string kind, EvidenceFiles files) => files.SendAsync(connector, kind))
            .ExcludeFromDescription();
}
