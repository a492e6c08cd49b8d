using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Events of issues and projects, and the hashes they are grouped by.</summary>
internal static class EventRoutes
{
    private const string OfProjects = "project:read project:write project:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/issues/{issue}/events/", IssueRoutes.Reading, OfIssue),
        Route.Get("O/issues/{issue}/events/{event}/", IssueRoutes.Reading, ReadOfIssue),
        Route.Get("O/issues/{issue}/hashes/", IssueRoutes.Reading, Hashes),
        Route.Get("O/eventids/{event}/", "org:read org:write org:admin", Locate),
        Route.Get("P/events/", OfProjects, OfProject),
        Route.Get("P/events/{event}/", OfProjects, ReadOfProject),
    ];

    private static Answer OfIssue(Call call)
    {
        var (issue, refusal) = IssueDetailRoutes.Find(call);
        return refusal ?? List(call, call.Organization.Evidence.Events.Of(issue));
    }

    private static Answer OfProject(Call call)
    {
        var evidence = call.Organization.Evidence;
        var all = evidence.IssueRows.Of(call.Project).Where(issue => issue.Status != Issue.PendingDeletion).SelectMany(evidence.Events.Of);
        return List(call, all.OrderByDescending(row => row.Time).ThenBy(row => row.Id, StringComparer.Ordinal));
    }

    private static Answer List(Call call, IEnumerable<IssueEvent> rows)
    {
        var (start, end, refusal) = TimeRange.Read(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var (environments, query, full) = (call.Query["environment"], SearchQuery.Parse(call.Query["query"].ToString()), call.Flag("full"));
        var wanted = rows.Where(row => !(row.Time < start) && !(row.Time > end) && (environments.Count == 0 || environments.Contains(row.Environment)) && Matches(row, query));
        return Pages.GenericOffset(call, wanted.ToList(), (writer, row) => EventJson.WriteRow(writer, row, full));
    }

    private static bool Matches(IssueEvent row, SearchQuery query) =>
        query.Keys.All(key => query[key].All(value => row.Tags.Any(tag => tag.Key == key && tag.Value == value)))
        && query.FreeText.All(text => row.Issue.Title.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static Answer ReadOfIssue(Call call)
    {
        var (issue, refusal) = IssueDetailRoutes.Find(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var events = call.Organization.Evidence.Events;
        var found = call.Parameter("event") switch
        {
            "latest" or "recommended" => events.At(issue, 0),
            "oldest" => events.Of(issue).Last(),
            var id => events.Find(id),
        };
        return found?.Issue.Id == issue.Id ? Show(call, found) : Refusals.Detail(404, "Event not found");
    }

    private static Answer ReadOfProject(Call call) =>
        call.Organization.Evidence.Events.Find(call.Parameter("event")) is { } found && found.Issue.Project == call.Project
            ? Show(call, found)
            : Refusals.Detail(404, "Event not found");

    private static Answer Show(Call call, IssueEvent row)
    {
        var (events, last) = (call.Organization.Evidence.Events, call.Organization.Evidence.Events.Of(row.Issue).Last().Number);
        var newer = row.Number > 0 ? events.At(row.Issue, row.Number - 1).Id : null;
        var older = row.Number < last ? events.At(row.Issue, row.Number + 1).Id : null;
        return Answer.Json(200, writer => EventJson.WriteDetail(writer, row, newer, older));
    }

    private static Answer Hashes(Call call)
    {
        var (issue, refusal) = IssueDetailRoutes.Find(call);
        var full = call.Query["full"].ToString() is not ("0" or "false");
        return refusal ?? Pages.GenericOffset<Issue>(call, [issue], (writer, row) => WriteHash(writer, row, call.Organization.Evidence.Events.At(row, 0), full));
    }

    private static void WriteHash(Utf8JsonWriter writer, Issue issue, IssueEvent latest, bool full)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, issue.Fingerprint);
        writer.WritePropertyName("latestEvent"u8);
        EventJson.WriteRow(writer, latest, full);
        writer.WriteBoolean("mergedBySeer"u8, false);
        writer.WriteNull("seerMatchDistance"u8);
        writer.WriteEndObject();
    }

    private static Answer Locate(Call call)
    {
        if (call.Organization.Evidence.Events.Find(call.Parameter("event")) is not { } found || !call.Access.CanReach(found.Issue.Project))
        {
            return Refusals.NotFound();
        }

        return Answer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("organizationSlug"u8, call.Organization.Slug);
            writer.WriteString("projectSlug"u8, found.Issue.Project.Slug);
            writer.WriteId("groupId"u8, found.Issue.Id);
            writer.WriteString("eventId"u8, found.Id);
            writer.WriteStartObject("event"u8);
            EventJson.WriteWhole(writer, found);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }
}
