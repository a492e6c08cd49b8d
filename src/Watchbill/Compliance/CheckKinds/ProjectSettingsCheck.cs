using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.CheckKinds;

/// <summary>A check of the settings of each project.</summary>
internal abstract class ProjectSettingsCheck : Check
{
    public sealed override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) => posture.Projects.Select(project => project.Settings is { } document
        ? Judge(project.Resource, document, posture, settings)
        : Verdict.NotEvaluated(project.Resource, "The settings of this project were not collected yet."));

    protected abstract Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings);
}
