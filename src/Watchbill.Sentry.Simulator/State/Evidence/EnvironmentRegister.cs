using Watchbill.Sentry.Simulator.Generation.Evidence;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>The environments of an organization, and in which projects they are hidden. The organization's lock guards it.</summary>
internal sealed class EnvironmentRegister(EvidenceSource source)
{
    private readonly Dictionary<(long Project, string Environment), bool> hidden = [];

    /// <summary>Environments in the order of their names, with their ids. Not every project has each of them.</summary>
    public IReadOnlyList<(long Id, string Name)> All { get; } =
        [.. EvidenceNames.Environments.Select((name, index) => (source.FirstId + index, name)).OrderBy(row => row.name, StringComparer.Ordinal)];

    public IEnumerable<(long Id, string Name)> Of(Project project) => All.Where(row => row.Name == EvidenceNames.Production || Has(project, row.Name));

    public bool IsHidden(Project project, string environment) =>
        hidden.TryGetValue((project.Id, environment), out var changed) ? changed : source.Dice("hidden/" + environment, project.Id).Chance(0.1);

    public void Hide(Project project, string environment, bool isHidden) => hidden[(project.Id, environment)] = isHidden;

    private bool Has(Project project, string environment) => project.HasFirstEvent && source.Dice("environment/" + environment, project.Id).Chance(0.7);
}
