using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.CheckKinds;

/// <summary>A check of each member who can sign in.</summary>
internal abstract class MemberCheck : Check
{
    public sealed override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Members.Where(member => IsIncluded(member, settings)).Select(member => Judge(member, posture, settings));

    /// <summary>Whether it is about this one; open invitations are left out unless a check wants them.</summary>
    protected virtual bool IsIncluded(MemberPosture member, CheckSettings settings) => member.IsActive;

    protected abstract Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings);
}
