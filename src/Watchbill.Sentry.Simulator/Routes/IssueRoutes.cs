using System.Globalization;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Lists of issues, and how a short id or an event id leads to one.</summary>
internal static class IssueRoutes
{
    public const string Reading = "event:read event:write event:admin";

    /// <summary>Sentry stops counting here.</summary>
    private const int MostHits = 1000;

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/issues/", Reading, OfOrganization),
        Route.Get("P/issues/", Reading, OfProject),
        Route.Get("O/shortids/{issue}/", Reading, ByShortId),
    ];

    private static Answer OfOrganization(Call call)
    {
        var (projects, refusal) = ProjectFilter.Read(call);
        if (refusal is not null)
        {
            return refusal;
        }

        // Sentry pages nothing here: no Link header.
        return projects.Count == 0 ? Answer.Json(200, "[]") : List(call, projects, IssueJson.WriteRow);
    }

    private static Answer OfProject(Call call) => List(call, [call.Project], IssueJson.WriteProjectRow);

    private static Answer List(Call call, HashSet<Project> projects, Action<Utf8JsonWriter, Issue, Call> write)
    {
        var (start, end, badRange) = TimeRange.Read(call);
        var (search, badQuery) = IssueSearch.Read(call);
        if ((CheckStatistics(call) ?? badRange ?? badQuery) is { } refused)
        {
            return refused;
        }

        if (IssueOrder.Parse(call.Query["sort"].ToString()) is not { } order)
        {
            return Refusals.Invalid("sort", $"\"{call.Query["sort"]}\" is not a valid choice.");
        }

        if (DirectHit(call, projects) is { } hit)
        {
            return Pages.All<Issue>([hit], (writer, issue) => write(writer, issue, call)).With("X-Sentry-Direct-Hit", "1");
        }

        bool IsWanted(Issue issue) => projects.Contains(issue.Project)
            && !(issue.LastSeen < start) && !(issue.FirstSeen > end)
            && search!.Matches(issue) && IsInEnvironment(issue, call);
        return Page(call, order, IsWanted, (writer, issue) => write(writer, issue, call));
    }

    /// <summary>Rows are taken out after the page was cut, as Sentry does: a page may be short although more follow.</summary>
    private static Answer Page(Call call, IssueOrder order, Func<Issue, bool> isWanted, Action<Utf8JsonWriter, Issue> write)
    {
        var issues = call.Organization.Evidence.IssueRows;
        var (rows, link, refusal) = Keyset.Page(call, score => order.From(score, issues, isWanted), order.Score, "limit");
        if (refusal is not null)
        {
            return refusal;
        }

        var hits = issues.LastSeenFirst().Where(isWanted).Take(MostHits).Count();
        return Pages.All([.. rows.Where(issue => issue.Status != Issue.PendingDeletion)], write)
            .With("Link", link)
            .With("X-Hits", hits.ToString(CultureInfo.InvariantCulture))
            .With("X-Max-Hits", MostHits.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A query that is an event id, or a short id where that was allowed, leads to its issue whatever the other filters say.</summary>
    private static Issue? DirectHit(Call call, HashSet<Project> projects)
    {
        var (text, evidence) = (call.Query["query"].ToString().Trim(), call.Organization.Evidence);
        var issue = evidence.Events.Find(text)?.Issue ?? (call.Flag("shortIdLookup") ? evidence.IssueRows.Find(call.Organization, text) : null);
        return issue is not null && projects.Contains(issue.Project) ? issue : null;
    }

    private static Answer ByShortId(Call call)
    {
        if (call.Organization.Evidence.IssueRows.Find(call.Organization, call.Parameter("issue")) is not { } issue)
        {
            return Refusals.NotFound();
        }

        return call.Access.CanReach(issue.Project) ? Answer.Json(200, writer => WriteLookup(writer, issue, call)) : Refusals.Forbidden();
    }

    private static void WriteLookup(Utf8JsonWriter writer, Issue issue, Call call)
    {
        writer.WriteStartObject();
        writer.WriteString("organizationSlug"u8, call.Organization.Slug);
        writer.WriteString("projectSlug"u8, issue.Project.Slug);
        writer.WriteId("groupId"u8, issue.Id);
        writer.WritePropertyName("group"u8);
        IssueJson.WriteReference(writer, issue, call);
        writer.WriteString("shortId"u8, issue.ShortId);
        writer.WriteEndObject();
    }

    private static Answer? CheckStatistics(Call call) => call.Query["groupStatsPeriod"].ToString() is "" or "24h" or "14d" or "auto"
        ? null
        : Refusals.Detail(400, "Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'");

    private static bool IsInEnvironment(Issue issue, Call call)
    {
        var wanted = call.Query["environment"];
        return wanted.Count == 0 || call.Organization.Evidence.Events.Of(issue).Any(@event => wanted.Contains(@event.Environment));
    }
}
