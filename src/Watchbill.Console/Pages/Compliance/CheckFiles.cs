using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>Which checks to show; what is null does not matter.</summary>
internal sealed record CheckFilter(string? Text, CheckOutcome? Outcome, Severity? Severity, Framework? Framework);

/// <summary>What checks said as files, with the filters of the address in force.</summary>
internal sealed class CheckFiles(CheckQueries checks, ManageFrameworks frameworks, ConnectorQueries connectors, CurrentCaller me, IHttpContextAccessor accessor)
{
    /// <summary>Longer lists are for the command line and the API.</summary>
    public const int MostRows = 20_000;

    private static readonly IReadOnlyList<CsvColumn<(CheckDefinition Check, CheckLine? Line)>> CheckColumns =
    [
        new("check", static row => row.Check.Id),
        new("version", static row => row.Check.Version),
        new("title", static row => row.Check.Title),
        new("severity", static row => Word.Of(row.Check.Severity)),
        new("outcome", static row => row.Line is { } line ? Word.Of(line.Outcome) : null),
        new("failed", static row => row.Line?.Failed),
        new("passed", static row => row.Line?.Passed),
        new("not_evaluated", static row => row.Line?.NotEvaluated),
        new("not_applicable", static row => row.Line?.NotApplicable),
        new("excepted", static row => row.Line?.Excepted),
        new("reason", static row => row.Line?.Reason),
        new("settings", static row => row.Line?.Settings),
        new("definition_sha256", static row => row.Line?.DefinitionDigest),
    ];

    private static readonly IReadOnlyList<CsvColumn<CheckResult>> ResultColumns =
    [
        new("check", static row => row.CheckId),
        new("resource_kind", static row => Word.Of(row.Resource.Kind)),
        new("resource_key", static row => row.Resource.Key),
        new("resource_name", static row => row.Resource.Name),
        new("outcome", static row => Word.Of(row.Outcome)),
        new("reason", static row => row.Reason),
        new("exception", static row => row.Exception?.Value),
        new("since", static row => row.From),
    ];

    /// <summary>The checks that fit, each with what it said; the gravest first where they fail.</summary>
    public static IEnumerable<(CheckDefinition Check, CheckLine? Line)> Rows(CheckRun? run, CheckFilter filter)
    {
        var lines = (run?.Lines ?? []).ToDictionary(static line => line.CheckId, StringComparer.Ordinal);
        var framework = filter.Framework?.Controls.SelectMany(static control => control.Checks).ToHashSet(StringComparer.Ordinal);
        return CheckQueries.Definitions.Select(check => (Check: check, Line: lines.GetValueOrDefault(check.Id)))
            .Where(row => filter.Outcome is null || row.Line?.Outcome == filter.Outcome)
            .Where(row => filter.Severity is null || row.Check.Severity == filter.Severity)
            .Where(row => framework is null || framework.Contains(row.Check.Id))
            .Where(row => string.IsNullOrWhiteSpace(filter.Text) || $"{row.Check.Id} {row.Check.Title}".Contains(filter.Text.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(static row => row.Line?.Outcome switch { CheckOutcome.Fail => 0, CheckOutcome.NotEvaluated => 1, CheckOutcome.Excepted => 2, CheckOutcome.Pass => 3, _ => 4 })
            .ThenByDescending(static row => row.Check.Severity);
    }

    /// <summary>Sends all checks.</summary>
    public async Task SendAsync(long connector)
    {
        var context = accessor.HttpContext!;
        var (id, query) = (new ConnectorId(connector), context.Request.Query);
        var run = await checks.LatestAsync(id, me.Caller, context.RequestAborted);
        if (!run.Succeeded)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var framework = (await frameworks.ListAsync(me.Caller, context.RequestAborted)).Value.FirstOrDefault(one => one.Id == query["framework"]);
        var filter = new CheckFilter(query["q"], Word.Parse<CheckOutcome>(query["outcome"]), Word.Parse<Severity>(query["severity"]), framework);
        await CsvFile.WriteAsync(context, await NameAsync(id, "checks", run.Value?.At, context), CheckColumns, [.. Rows(run.Value, filter)]);
    }

    /// <summary>Sends what one check says of single resources.</summary>
    public async Task SendResultsAsync(long connector, string check)
    {
        var context = accessor.HttpContext!;
        var (id, query) = (new ConnectorId(connector), context.Request.Query);
        var search = new ResultSearch(id) { CheckId = check, Outcome = Word.Parse<CheckOutcome>(query["outcome"]), Text = query["q"], Take = ResultSearch.MostRows };
        List<CheckResult> rows = [];
        while (rows.Count < MostRows)
        {
            var page = await checks.ResultsAsync(search with { Skip = rows.Count }, me.Caller, context.RequestAborted);
            if (!page.Succeeded || page.Value.Count > MostRows)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            rows.AddRange(page.Value.Rows);
            if (page.Value.Rows.Count < ResultSearch.MostRows)
            {
                break;
            }
        }

        await CsvFile.WriteAsync(context, await NameAsync(id, check, null, context), ResultColumns, rows);
    }

    private async Task<string> NameAsync(ConnectorId id, string what, DateTimeOffset? at, HttpContext context) =>
        $"{(await connectors.FindAsync(id, me.Caller, context.RequestAborted)).Value.OrganizationSlug}-{what}{at:-yyyy-MM-dd}";
}

/// <summary>Where the files are.</summary>
internal static class CheckFileEndpoints
{
    public static void MapCheckFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/org/{connector:long}/checks.csv", [Needs(Right.ReadAccess)] (long connector, CheckFiles files) => files.SendAsync(connector)).ExcludeFromDescription();
        routes.MapGet("/org/{connector:long}/checks/{check}.csv", [Needs(Right.ReadAccess)] (long connector, string check, CheckFiles files) => files.SendResultsAsync(connector, check)).ExcludeFromDescription();
    }
}
