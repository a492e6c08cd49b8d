using System.Net;
using Watchbill.Sentry.Simulator.State.Evidence;
using Watchbill.Sentry.Simulator.Tests.Contract;

namespace Watchbill.Sentry.Simulator.Tests.Evidence;

/// <summary>Every answer of the evidence routes against Sentry's own document: operation, status and body.</summary>
public sealed class EvidenceContractTests : Simulated
{
    private const string AllParts = "&expand=inbox&expand=owners&expand=integrationIssues&expand=sentryAppIssues&expand=sessions&expand=latestEventHasAttachments";

    private static readonly Lazy<SentryDocument> Document = new(SentryDocument.Load);

    private Release WithDeploy => Acme.Evidence.Releases.First(release => release.Deploys.Count > 0 && release.Version.Contains('@', StringComparison.Ordinal));

    private Issue Issue => Acme.Evidence.Issues.First(issue => issue.Count > 3);

    [Fact]
    public async Task Releases_Answers_FitTheDocument()
    {
        var release = $"{O}releases/{Uri.EscapeDataString(WithDeploy.Version)}/";
        await Check(HttpMethod.Get, O + "releases/");
        await Check(HttpMethod.Get, release);
        await Check(HttpMethod.Put, release, body: """{"ref":"main"}""");
        await Check(HttpMethod.Post, O + "releases/", body: """{"version":"sky@1.0.0","projects":["404"]}""", expected: HttpStatusCode.Created);
        await Check(HttpMethod.Post, O + "releases/", body: """{"version":"sky@1.0.0","projects":["404"]}""", expected: HttpStatusCode.AlreadyReported);
        await Check(HttpMethod.Get, release + "deploys/");
        await Check(HttpMethod.Post, release + "deploys/", body: """{"environment":"production","name":"one"}""", expected: HttpStatusCode.Created);
        await Check(HttpMethod.Get, release + "commits/");
        await Check(HttpMethod.Get, $"{P}{WithDeploy.Projects[0].Slug}/releases/");
        await Check(HttpMethod.Get, $"{P}{WithDeploy.Projects[0].Slug}/releases/{Uri.EscapeDataString(WithDeploy.Version)}/commits/");
        await Check(HttpMethod.Delete, O + "releases/sky@1.0.0/", expected: HttpStatusCode.NoContent);
        await Check(HttpMethod.Delete, O + "releases/sky@1.0.0/", expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Repositories_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "repos/");
        await Check(HttpMethod.Get, $"{O}repos/{Acme.Evidence.Repositories[0].Id}/commits/");
    }

    [Fact]
    public async Task Environments_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "environments/");
        await Check(HttpMethod.Get, O + "environments/", "?visibility=sideways", expected: HttpStatusCode.BadRequest);
        await Check(HttpMethod.Get, P + "404/environments/");
        await Check(HttpMethod.Get, P + "404/environments/production/");
        await Check(HttpMethod.Put, P + "404/environments/production/", body: """{"isHidden":true}""");
    }

    [Fact]
    public async Task Issues_Answers_FitTheDocument()
    {
        var issue = $"{O}issues/{Issue.Id}/";
        await Check(HttpMethod.Get, O + "issues/");
        await Check(HttpMethod.Get, O + "issues/", "?query=" + AllParts);
        await Check(HttpMethod.Get, O + "issues/", "?groupStatsPeriod=1y", expected: HttpStatusCode.BadRequest);
        await Check(HttpMethod.Get, $"{P}{Issue.Project.Slug}/issues/", "?query=");
        await Check(HttpMethod.Get, issue, "?expand=owners&expand=inbox");
        await Check(HttpMethod.Put, issue, body: """{"status":"resolved","assignedTo":"team:2024"}""");
        await Check(HttpMethod.Put, O + "issues/", $"?id={Issue.Id}", """{"status":"unresolved"}""");
        await Check(HttpMethod.Put, $"{P}{Issue.Project.Slug}/issues/", $"?id={Issue.Id}", """{"status":"ignored"}""");
        await Check(HttpMethod.Get, $"{O}shortids/{Issue.ShortId}/");
        await Check(HttpMethod.Delete, issue, expected: HttpStatusCode.Accepted);
        await Check(HttpMethod.Get, issue, expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Events_Answers_FitTheDocument()
    {
        var issue = $"{O}issues/{Issue.Id}/";
        var events = await Check(HttpMethod.Get, issue + "events/");
        var id = events.Json[0].GetProperty("eventID").GetString();
        await Check(HttpMethod.Get, issue + "events/", "?full=true");
        foreach (var name in (string[])["latest", "oldest", "recommended", id!])
        {
            await Check(HttpMethod.Get, $"{issue}events/{name}/");
        }

        await Check(HttpMethod.Get, issue + "hashes/");
        await Check(HttpMethod.Get, issue + "tags/environment/");
        await Check(HttpMethod.Get, issue + "tags/environment/values/");
        await Check(HttpMethod.Get, $"{O}eventids/{id}/");
        await Check(HttpMethod.Get, $"{P}{Issue.Project.Slug}/events/");
        await Check(HttpMethod.Get, $"{P}{Issue.Project.Slug}/events/{id}/");
        await Check(HttpMethod.Get, $"{P}{Issue.Project.Slug}/tags/level/values/");
    }

    [Fact]
    public async Task Monitors_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "monitors/");
        var (slug, project) = await FirstMonitor();
        foreach (var place in (string[])[O, $"{P}{project}/"])
        {
            await Check(HttpMethod.Get, $"{place}monitors/{slug}/");
            await Check(HttpMethod.Get, $"{place}monitors/{slug}/checkins/");
        }
    }

    [Fact]
    public async Task Alerts_Answers_FitTheDocument()
    {
        var detectors = await Check(HttpMethod.Get, O + "detectors/");
        await Check(HttpMethod.Get, $"{O}detectors/{detectors.Json[0].GetProperty("id")}/");
        var workflows = await Check(HttpMethod.Get, O + "workflows/");
        await Check(HttpMethod.Get, $"{O}workflows/{workflows.Json[0].GetProperty("id")}/");
    }

    [Fact]
    public async Task Outlets_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "forwarding/");
        await Check(HttpMethod.Get, O + "relay_usage/");
        var project = await WithHook();
        var hooks = await Check(HttpMethod.Get, $"{P}{project}/hooks/");
        await Check(HttpMethod.Get, $"{P}{project}/hooks/{hooks.Json[0].GetProperty("id")}/");
    }

    [Fact]
    public async Task Policies_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, P + "404/filters/");
        await Check(HttpMethod.Put, P + "404/filters/localhost/", body: """{"active":true}""", expected: HttpStatusCode.NoContent);
        await Check(HttpMethod.Get, P + "404/ownership/");
        await Check(HttpMethod.Put, P + "404/ownership/", body: """{"raw":"path:src/* #2024"}""", expected: HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Usage_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "stats_v2/", "?field=sum(quantity)&groupBy=project&groupBy=outcome&statsPeriod=1d");
        await Check(HttpMethod.Get, O + "stats-summary/", "?field=sum(quantity)&statsPeriod=1d&interval=1d");
        await Check(HttpMethod.Get, P + "404/stats/");
    }

    [Fact]
    public async Task Integrations_Answers_FitTheDocument()
    {
        var integrations = await Check(HttpMethod.Get, O + "integrations/");
        await Check(HttpMethod.Get, $"{O}integrations/{integrations.Json[0].GetProperty("id")}/");
        await Check(HttpMethod.Get, O + "config/integrations/");
        await Check(HttpMethod.Get, O + "config/integrations/", "?providerKey=none", expected: HttpStatusCode.NotFound);
    }

    private async Task<(string Slug, string Project)> FirstMonitor()
    {
        var first = (await Reader().Get(O + "monitors/")).Json[0];
        return (first.GetProperty("slug").GetString()!, first.GetProperty("project").GetProperty("slug").GetString()!);
    }

    private async Task<string> WithHook()
    {
        foreach (var project in Acme.Projects)
        {
            if ((await Reader().Get($"{P}{project.Slug}/hooks/")).Json.GetArrayLength() > 0)
            {
                return project.Slug;
            }
        }

        throw new InvalidOperationException("No project has a service hook.");
    }

    private Caller Reader() => AsOwner("org:admin", "project:admin", "project:releases", "event:admin");

    private async Task<Reply> Check(HttpMethod method, string path, string query = "", string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var reply = await Reader().Send(method, path + query, body);
        Assert.True(reply.Status == expected, $"{method} {path}{query} answered {(int)reply.Status} {reply.Body}");
        var template = Document.Value.TemplateOf(path) ?? path;
        var faults = (await Document.Value.FindFaults(method, path, reply)).Where(fault => EvidenceDeviations.Find(method, template, fault) is null);
        Assert.True(!faults.Any(), $"{method} {template}: {string.Join(", ", faults)}");
        return reply;
    }
}
