using Watchbill.Sentry.Simulator.Generation.Evidence;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>Inbound filters and ownership rules of projects. The organization's lock guards it.</summary>
internal sealed class ProjectPolicies(EvidenceSource source)
{
    public const string LegacyBrowsers = "legacy-browsers";

    private static readonly string[] Names = ["browser-extensions", "filtered-transaction", LegacyBrowsers, "localhost", "web-crawlers"];

    private readonly Dictionary<(long Project, string Filter), bool> filters = [];
    private readonly Dictionary<long, string> ownership = [];

    public IEnumerable<(string Name, bool IsActive)> FiltersOf(Project project) =>
        Names.Select(name => (name, filters.TryGetValue((project.Id, name), out var changed) ? changed : source.Dice("filter/" + name, project.Id).Chance(0.4)));

    public void SetFilter(Project project, string name, bool isActive) => filters[(project.Id, name)] = isActive;

    /// <summary>The rules as text; everything belongs to the owning teams until somebody writes rules.</summary>
    public string OwnershipOf(Project project) => ownership.TryGetValue(project.Id, out var rules)
        ? rules
        : string.Join('\n', project.OwningTeams.Select(team => $"path:* #{team.Slug}"));

    public void SetOwnership(Project project, string rules) => ownership[project.Id] = rules;
}
