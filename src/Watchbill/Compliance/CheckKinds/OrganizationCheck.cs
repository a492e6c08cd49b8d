using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.CheckKinds;

/// <summary>A check with one verdict, about the organization.</summary>
internal abstract class OrganizationCheck : Check
{
    public sealed override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) => [Judge(posture, settings)];

    protected abstract Verdict Judge(Posture posture, CheckSettings settings);
}
