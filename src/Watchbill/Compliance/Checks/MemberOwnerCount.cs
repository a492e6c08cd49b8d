using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Owner count is small but not one.</summary>
internal sealed class MemberOwnerCount : OrganizationCheck
{
    private static readonly CheckParameter Least = CheckParameter.Number("min", "The fewest owners.", 2, 1, 1000);
    private static readonly CheckParameter Most = CheckParameter.Number("max", "The most owners.", 5, 1, 10_000);

    public override CheckDefinition Definition { get; } = new("member-owner-count", Severity.High)
    {
        Title = "Owner count is small but not one",
        Asserts = "Number of active orgRole==\"owner\" is within [min,max].",
        Rationale = "One owner who leaves locks everybody out; many owners are many ways to lose everything.",
        Remediation = "Promote a second owner, or demote surplus owners.",
        Reads = [CheckInput.Members],
        Fields = ["members.orgRole"],
        Scopes = ["member:read"],
        Parameters = [Least, Most],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        var (owners, least, most) = (posture.ActiveMembers.Count(static member => member.Fact.OrgRole is "owner"), settings.Number(Least), settings.Number(Most));
        return owners < least ? Verdict.Fail(posture.Self, $"{owners} owners; there should be at least {least}.")
            : owners > most ? Verdict.Fail(posture.Self, $"{owners} owners; there should be at most {most}.")
            : Verdict.Pass(posture.Self, $"{owners} owners.");
    }
}
