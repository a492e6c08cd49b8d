using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.CheckKinds;

/// <summary>A check of each project.</summary>
internal abstract class ProjectCheck : Check
{
    public sealed override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Projects.Select(project => Judge(project, posture, settings));

    protected abstract Verdict Judge(ProjectPosture project, Posture posture, CheckSettings settings);
}
