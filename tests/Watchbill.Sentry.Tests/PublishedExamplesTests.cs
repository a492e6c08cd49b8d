using System.Text.Json;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests;

/// <summary>Reads every response example of Sentry's published OpenAPI document through the client method that calls that operation.</summary>
public sealed class PublishedExamplesTests
{
    private const string Org = "/api/0/organizations/{organization_id_or_slug}/";

    private const string Project = "/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/";

    private static readonly Dictionary<string, Func<SentryClient, Task<object>>> Operations = new()
    {
        ["/api/0/organizations/"] = async client => await client.Organizations.List().ToListAsync(),
        [Org] = async client => await client.Organizations.GetAsync("acme"),
        [Org + "members/"] = async client => await client.Members.List("acme").ToListAsync(),
        [Org + "members/{member_id}/"] = async client => await client.Members.GetAsync("acme", "1"),
        [Org + "teams/"] = async client => await client.Teams.List("acme").ToListAsync(),
        ["/api/0/teams/{organization_id_or_slug}/{team_id_or_slug}/members/"] = async client => await client.Teams.ListMembers("acme", "alpha").ToListAsync(),
        [Org + "projects/"] = async client => await client.Projects.ListAll("acme").ToListAsync(),
        [Org + "scim/v2/Users"] = async client => await client.Scim.ListUsers("acme").ToListAsync(),
        [Org + "scim/v2/Groups"] = async client => await client.Scim.ListGroups("acme").ToListAsync(),
        [Org + "environments/"] = async client => await client.Environments.List("acme").ToListAsync(),
        [Org + "project-keys/"] = async client => await client.ClientKeys.ListForOrganization("acme").ToListAsync(),
        [Org + "integrations/"] = async client => await client.Integrations.List("acme").ToListAsync(),
        [Org + "sentry-apps/"] = async client => await client.SentryApps.List("acme").ToListAsync(),
        [Org + "issues/"] = async client => await client.Issues.List("acme").ToListAsync(),
        [Org + "releases/"] = async client => await client.Releases.List("acme").ToListAsync(),
        [Org + "releases/{version}/commits/"] = async client => await client.Releases.ListCommits("acme", "shop@1.0+1").ToListAsync(),
        [Org + "issues/{issue_id}/"] = async client => await client.Issues.GetAsync("acme", "1"),
        [Org + "issues/{issue_id}/events/"] = async client => await client.Issues.ListEvents("acme", "1").ToListAsync(),
        [Org + "forwarding/"] = async client => await client.Outlets.ListForwarders("acme").ToListAsync(),
        [Org + "relay_usage/"] = async client => await client.Outlets.ListRelays("acme").ToListAsync(),
        [Org + "stats-summary/"] = async client => await client.Usage.GetByProjectAsync("acme", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), []),
        [Org + "stats_v2/"] = async client => await client.Usage.GetTotalsAsync("acme", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)),
        [Project] = async client => await client.Projects.GetSettingsAsync("acme", "shop"),
        [Project + "filters/"] = async client => await client.Projects.ListFilters("acme", "shop").ToListAsync(),
        [Project + "ownership/"] = async client => await client.Projects.GetOwnershipAsync("acme", "shop"),
        [Project + "hooks/"] = async client => await client.Projects.ListHooks("acme", "shop").ToListAsync(),
        [Org + "repos/"] = async client => await client.Repositories.List("acme").ToListAsync(),
        [Org + "detectors/"] = async client => await client.Alerts.ListDetectors("acme").ToListAsync(),
        [Org + "workflows/"] = async client => await client.Alerts.ListWorkflows("acme").ToListAsync(),
        ["/api/0/sentry-apps/{sentry_app_id_or_slug}/"] = async client => await client.SentryApps.GetAsync("acme-app"),
    };

    [Fact]
    public async Task EveryExampleTheClientCanRead_IsRead()
    {
        using var document = OpenApiDocument();
        var paths = document.RootElement.GetProperty("paths");
        foreach (var (path, read) in Operations)
        {
            var examples = Examples(paths.GetProperty(path).GetProperty("get")).ToList();
            Assert.NotEmpty(examples);
            foreach (var example in examples)
            {
                await using var scene = await Scene.StartAsync(Answer(200, example));
                var body = await read(scene.Client);
                Assert.True(body is not System.Collections.ICollection rows || rows.Count > 0, $"{path} gave no rows");
            }
        }
    }

    [Fact]
    public async Task FullOrganization_HasSettingsRolesAndLinks()
    {
        using var document = OpenApiDocument();
        var example = Examples(document.RootElement.GetProperty("paths").GetProperty(Org).GetProperty("put")).First();
        await using var scene = await Scene.StartAsync(Answer(200, example));

        var organization = await scene.Client.Organizations.GetAsync("acme");

        Assert.NotNull(organization.OpenMembership);
        Assert.NotNull(organization.Require2FA);
        Assert.NotNull(organization.StoreCrashReports);
        Assert.NotNull(organization.ScrubIPAddresses);
        Assert.Contains(organization.OrgRoleList!, role => role.Id == "owner" && role.IsGlobal == true && role.Scopes!.Contains("org:admin"));
        Assert.NotEmpty(organization.TeamRoleList!);
        Assert.StartsWith("https://", organization.Links!.RegionUrl);
    }

    [Fact]
    public async Task Members_HaveTheFactsTheExampleShows()
    {
        using var document = OpenApiDocument();
        var example = Examples(document.RootElement.GetProperty("paths").GetProperty(Org + "members/").GetProperty("get")).First();
        await using var scene = await Scene.StartAsync(Answer(200, example));

        var members = await scene.Client.Members.List("acme").ToListAsync();

        Assert.Equal((false, true), (members[0].IsInvitation, members[1].IsInvitation));
        Assert.Equal(("member", false, false), (members[0].RoleId, members[0].User!.Has2fa, members[0].Flags!.SsoLinked));
        Assert.Equal(new DateTimeOffset(2021, 8, 2, 21, 32, 18, 836, 829, TimeSpan.Zero), members[0].User!.LastActive);
        Assert.Null(members[1].User);
    }

    private static IEnumerable<string> Examples(JsonElement operation) =>
        from response in operation.GetProperty("responses").EnumerateObject()
        where response.Name.StartsWith('2') && response.Value.TryGetProperty("content", out _)
        from content in response.Value.GetProperty("content").EnumerateObject()
        from example in Examples(content)
        select example.GetRawText();

    /// <summary>One example, or several with names.</summary>
    private static IEnumerable<JsonElement> Examples(JsonProperty content) =>
        content.Value.TryGetProperty("examples", out var several) ? several.EnumerateObject().Select(static example => example.Value.GetProperty("value"))
        : content.Value.TryGetProperty("example", out var one) ? [one]
        : [];

    private static JsonDocument OpenApiDocument()
    {
        var folder = Environment.GetEnvironmentVariable("WATCHBILL_ORACLES");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("Set WATCHBILL_ORACLES to a folder with sentry-openapi.json to run this test.");
        }
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "sentry-openapi.json")));
    }
}
