using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Requests.Files;
using Watchbill.Requests.Insight;

namespace Watchbill.Console.Pages.Requests;

/// <summary>What the pages of requests show, as files.</summary>
internal sealed class RequestFiles(DecideRequests requests, KeepGrants grants, DecideDrift drifts, ReadInsight insight, ConnectorQueries connectors, CurrentCaller me, IHttpContextAccessor accessor)
{
    private const int AtOnce = 1000;

    private static readonly IReadOnlyList<CsvColumn<AccessRequest>> RequestColumns =
    [
        new("request", static one => one.Id), new("source", static one => one.Connector), new("member", static one => one.Member), new("name", static one => one.MemberName), new("email", static one => one.MemberEmail),
        new("kind", static one => Word.Of(one.Target.Kind)), new("resource", static one => one.ResourceName), new("role", static one => one.Target.Role), new("project", static one => one.ProjectName),
        new("reason", static one => one.Reason), new("ticket", static one => one.Ticket), new("minutes_asked", static one => one.Minutes), new("minutes_granted", static one => one.GrantedMinutes),
        new("state", static one => Word.Of(one.State)), new("policy", static one => one.PolicyName), new("policy_version", static one => one.PolicyVersion), new("emergency", static one => one.IsBreakGlass),
        new("justified", static one => one.WasJustified), new("asked_by", static one => one.Account), new("asked_at", static one => one.RequestedAt), new("decided_at", static one => one.DecidedAt), new("note", static one => one.Note),
    ];

    private static readonly IReadOnlyList<CsvColumn<GrantOnBoard>> GrantColumns =
    [
        new("grant", static one => one.Grant.Id), new("request", static one => one.Request.Id), new("source", static one => one.Grant.Connector), new("member", static one => one.Grant.Member),
        new("name", static one => one.Request.MemberName), new("kind", static one => Word.Of(one.Grant.Target.Kind)), new("resource", static one => one.Request.ResourceName), new("role", static one => one.Grant.Target.Role),
        new("emergency", static one => one.Request.IsBreakGlass), new("reason", static one => one.Request.Reason), new("state", static one => Word.Of(one.Grant.State)), new("provisioning", static one => Word.Of(one.Grant.Provisioning)),
        new("starts_at", static one => one.Grant.StartsAt), new("ends_at", static one => one.Grant.EndsAt), new("proven_at", static one => one.Grant.ProvenAt), new("before", static one => one.Grant.IsBeforeKnown ? one.Grant.BeforeRole ?? "none" : null),
    ];

    private static readonly IReadOnlyList<CsvColumn<AccessDrift>> DriftColumns =
    [
        new("drift", static one => one.Id), new("grant", static one => one.Grant.Id), new("request", static one => one.Request.Id), new("member", static one => one.Grant.Member), new("name", static one => one.Request.MemberName),
        new("kind", static one => Word.Of(one.Kind)), new("state", static one => Word.Of(one.State)), new("resource", static one => one.Request.ResourceName), new("granted_role", static one => one.Grant.Target.Role),
        new("found_role", static one => one.FoundRole), new("found_at", static one => one.FoundAt), new("by", static one => one.LoggedActor), new("by_at", static one => one.LoggedAt), new("reason", static one => one.Reason),
        new("decided_by", static one => one.DecidedBy), new("decided_at", static one => one.DecidedAt),
    ];

    private static readonly IReadOnlyList<CsvColumn<PolicySpeed>> SpeedColumns =
    [
        new("policy", static one => one.Policy), new("name", static one => one.Name), new("asked", static one => one.Asked), new("granted", static one => one.Approved), new("denied", static one => one.Denied),
        new("unanswered", static one => one.Unanswered), new("median_decision_seconds", static one => one.MedianDecision?.TotalSeconds), new("median_access_seconds", static one => one.MedianAccess?.TotalSeconds),
        new("ninth_tenth_access_seconds", static one => one.NinthTenthAccess?.TotalSeconds),
    ];

    private static readonly IReadOnlyList<CsvColumn<EmergencyUse>> EmergencyColumns =
    [
        new("member", static one => one.Member), new("name", static one => one.Name), new("times", static one => one.Times), new("justified", static one => one.Justified), new("not_justified", static one => one.NotJustified),
        new("unreviewed", static one => one.Unreviewed), new("last", static one => one.Last),
    ];

    private static readonly IReadOnlyList<CsvColumn<UnusedAccess>> UnusedColumns =
    [
        new("member", static one => one.Member.Id), new("name", static one => one.Member.Name), new("email", static one => one.Member.Email), new("kind", static one => Word.Of(one.Target.Kind)), new("resource", static one => one.Name),
        new("role", static one => one.Target.Role), new("teams", static one => one.Teams), new("why", static one => Word.Of(one.Why)), new("last_active", static one => one.LastActive), new("last_change", static one => one.LastChange),
    ];

    private CancellationToken Stop => accessor.HttpContext!.RequestAborted;

    private int Days => int.TryParse(accessor.HttpContext!.Request.Query["days"], out var days) ? days : 90;

    /// <summary>Sends a table; 404 when there is none of that name.</summary>
    public Task SendAsync(string table) => table switch
    {
        "requests" => RequestsAsync(),
        "grants" => SendAsync(table, GrantColumns, grants.BoardAsync(onlyOwn: false, onlyOpen: true, me.Caller, Stop), static list => list),
        "drift" => SendAsync(table, DriftColumns, drifts.ListAsync(onlyOpen: false, me.Caller, Stop), static list => list),
        "speed" => SendAsync(table, SpeedColumns, insight.RunAsync(Days, me.Caller, Stop), static found => found.Policies),
        "emergencies" => SendAsync(table, EmergencyColumns, insight.RunAsync(Days, me.Caller, Stop), static found => found.Emergencies),
        "unused" => UnusedAsync(),
        _ => MissingAsync(),
    };

    private async Task RequestsAsync()
    {
        List<AccessRequest> rows = [];
        IReadOnlyList<AccessRequest> page;
        do
        {
            var filter = new RequestFilter { Before = rows.Count == 0 ? null : rows[^1].Id, Limit = AtOnce };
            page = (await requests.ListAsync(filter, me.Caller, Stop)).Value;
            rows.AddRange(page);
        }
        while (page.Count == AtOnce);
        await CsvFile.WriteAsync(accessor.HttpContext!, "access-requests", RequestColumns, rows);
    }

    private async Task UnusedAsync()
    {
        var all = (await connectors.ListAsync(me.Caller, Stop)).Value;
        var chosen = all.FirstOrDefault(one => one.Id.ToString() == accessor.HttpContext!.Request.Query["connector"]) ?? all.FirstOrDefault();
        await (chosen is null ? MissingAsync() : SendAsync($"unused-{chosen.OrganizationSlug}", UnusedColumns, insight.UnusedAsync(chosen.Id, Days, me.Caller, Stop), static found => found.Rows));
    }

    private async Task SendAsync<TFound, TRow>(string name, IReadOnlyList<CsvColumn<TRow>> columns, Task<Result<TFound>> finding, Func<TFound, IReadOnlyList<TRow>> rows)
    {
        var found = await finding;
        await (found.Succeeded ? CsvFile.WriteAsync(accessor.HttpContext!, $"access-{name}", columns, rows(found.Value)) : MissingAsync());
    }

    private Task MissingAsync()
    {
        accessor.HttpContext!.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

/// <summary>Where the files are.</summary>
internal static class RequestFileEndpoints
{
    public static void MapRequestFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/requests/files/{table}.csv", [Needs(Right.ReadAccess)] (string table, RequestFiles files) => files.SendAsync(table)).ExcludeFromDescription();
        routes.MapGet("/requests/files/policies.yaml", [Needs(Right.ReadAccess)] async (PolicyFiles files, CurrentCaller me, CancellationToken cancellationToken) =>
            await files.ExportAsync(me.Caller, cancellationToken) is { Succeeded: true, Value: { } text } ? Results.File(Encoding.UTF8.GetBytes(text), "application/yaml", "policies.yaml") : Results.NotFound()).ExcludeFromDescription();
    }
}
