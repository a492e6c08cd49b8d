using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Requests;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Requests;

namespace Watchbill.Requests.Insight;

/// <summary>How asking for access goes, over HTTP.</summary>
internal static class InsightEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var insight = api.MapGroup("/request-insight").WithTags("Access requests");
        insight.MapGet("", ([AsParameters] InsightQuery query, ReadInsight read, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(read.RunAsync(query.Days, caller, cancellationToken), Of))
            .Needs(Right.ReadAccess).WithName("getRequestInsight").WithSummary("How fast access is there, policy by policy, and who took it in an emergency");
        insight.MapGet("/unused", ([AsParameters] UnusedQuery query, ReadInsight read, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(read.UnusedAsync(new ConnectorId(query.Connector), query.Days, caller, cancellationToken), Of))
            .Needs(Right.ReadAccess).WithName("listUnusedAccess").WithSummary("Access that is there all the time, that nobody used, and that could be asked for instead");
    }

    private static Contract.RequestInsight Of(RequestInsight insight) => new(
        insight.Since,
        [.. insight.Policies.Select(Of)],
        [.. insight.Emergencies.Select(static use => new Contract.EmergencyUse(use.Member, use.Name, use.Times, use.Justified, use.NotJustified, use.Unreviewed, use.Last))]);

    private static Contract.PolicySpeed Of(PolicySpeed speed) => new()
    {
        Policy = speed.Policy.Value,
        Name = speed.Name,
        Asked = speed.Asked,
        Approved = speed.Approved,
        Denied = speed.Denied,
        Unanswered = speed.Unanswered,
        MedianDecisionSeconds = speed.MedianDecision?.TotalSeconds,
        MedianAccessSeconds = speed.MedianAccess?.TotalSeconds,
        NinthTenthAccessSeconds = speed.NinthTenthAccess?.TotalSeconds,
    };

    private static Contract.UnusedReport Of(UnusedReport report) => new([.. report.Rows.Select(Of)], report.Since, report.LogSince, report.ActivityUnknown);

    private static Contract.UnusedAccess Of(UnusedAccess row) => new()
    {
        Member = row.Member.Id,
        Email = row.Member.Email,
        Kind = Word.Of(row.Target.Kind),
        Team = row.Target.Team,
        Name = row.Name,
        Role = row.Target.Role,
        Teams = row.Teams,
        Why = Word.Of(row.Why),
        LastActive = row.LastActive,
        LastChange = row.LastChange,
    };
}
