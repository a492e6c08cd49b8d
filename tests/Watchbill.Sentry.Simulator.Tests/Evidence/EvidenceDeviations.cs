using Watchbill.Sentry.Simulator.Tests.Contract;

namespace Watchbill.Sentry.Simulator.Tests.Evidence;

/// <summary>Where the evidence routes differ from Sentry's OpenAPI document on purpose, each with the reason; see <see cref="Deviations"/>.</summary>
internal static class EvidenceDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        new("POST", "/releases/", "a body is not documented", "208 answers the release that was there already, as 201 answers the new one."),
        .. Parts.Select(part => new Deviation("GET", "/issues/", $"[].{part} PropertyRequired", "Present only when expand names it; the document demands it always.")),
        new("GET", "/{organization_id_or_slug}/issues/", "[].owners ObjectExpected", "Owners are a list; the issue's own page has it right in the document."),
        new("GET", "/{project_id_or_slug}/issues/", "[].annotations[] StringExpected", "A link is an object, as the organization's list has it in the document."),
        .. Monitors("/monitors/", "[]."),
        .. Monitors("/monitors/{monitor_id_or_slug}/", ""),
        .. Schedule("/checkins/", "[].monitorConfig."),
    ];

    private static string[] Parts => ["sessionCount", "inbox", "owners", "integrationIssues", "sentryAppIssues", "latestEventHasAttachments"];

    public static Deviation? Find(HttpMethod method, string template, string fault) =>
            All.FirstOrDefault(known => known.Method == method.Method && template.EndsWith(known.Template, StringComparison.Ordinal) && fault.EndsWith(known.Fault, StringComparison.Ordinal));

    private static IEnumerable<Deviation> Monitors(string template, string row) =>
    [
        new("GET", template, row + "environments ObjectExpected", "Sentry answers a list of environments; the document's type hint forgot the list."),
        new("GET", template, row + "owner ObjectExpected", "A monitor of a project without teams has no owner."),
        .. Schedule(template, row + "config."),
    ];

    private static IEnumerable<Deviation> Schedule(string template, string config) =>
    [
        new("GET", template, config + "schedule StringExpected", "An interval is a pair such as [1, \"hour\"]; the document knows numbers only."),
        new("GET", template, config + "schedule[] IntegerExpected", "The same pair."),
    ];
}
