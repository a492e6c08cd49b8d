using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>One installed integration, and which integrations could be installed.</summary>
internal static class InstalledIntegrationRoutes
{
    private static readonly (string Key, string Name, string[] Features)[] Providers =
    [
        ("github", "GitHub", ["codeowners", "commits", "issue-basic", "stacktrace-link"]),
        ("gitlab", "GitLab", ["commits", "issue-basic", "stacktrace-link"]),
        ("jira", "Jira", ["issue-basic", "issue-sync"]),
        ("msteams", "Microsoft Teams", ["alert-rule", "chat-unfurl"]),
        ("pagerduty", "PagerDuty", ["alert-rule", "incident-management"]),
        ("slack", "Slack", ["alert-rule", "chat-unfurl"]),
    ];

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/integrations/{integration}/", "org:read org:write org:admin org:integrations", Read),
        Route.Get("O/config/integrations/", "org:read org:write org:admin", Available),
    ];

    private static Answer Read(Call call) => call.Organization.Integrations.Find(row => $"{row.Id}" == call.Parameter("integration")) is { } found
        ? Answer.Json(200, writer => IntegrationJson.Write(writer, found, call.Organization))
        : Refusals.NotFound();

    private static Answer Available(Call call)
    {
        var wanted = call.Query["providerKey"].ToString();
        var found = Providers.Where(provider => wanted.Length == 0 || provider.Key == wanted).ToList();
        return found.Count == 0 ? Refusals.Detail(404, "Providers do not exist") : Answer.Json(200, writer => new JsonObject
        {
            ["providers"] = new JsonArray([.. found.Select(provider => new JsonObject
            {
                ["key"] = provider.Key,
                ["slug"] = provider.Key,
                ["name"] = provider.Name,
                ["metadata"] = new JsonObject { ["description"] = provider.Name, ["aspects"] = new JsonObject() },
                ["canAdd"] = true,
                ["canDisable"] = false,
                ["features"] = new JsonArray([.. provider.Features.Select(feature => JsonValue.Create(feature))]),
            })]),
        }.WriteTo(writer));
    }
}
