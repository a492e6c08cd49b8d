using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No old open invitations.</summary>
internal sealed class MemberStaleInvite : MemberCheck
{
    private static readonly CheckParameter MaxDays = CheckParameter.Number("maxInviteDays", "For how many days an invitation may stay open.", 7, 1, 365);

    public override CheckDefinition Definition { get; } = new("member-stale-invite", Severity.Medium)
    {
        Title = "No old open invitations",
        Asserts = "No member has expired==true, nor pending==true with dateCreated older than N days.",
        Rationale = "An open invitation is an account that whoever reads the mailbox can take.",
        Remediation = "Revoke or resend the invitation.",
        Reads = [CheckInput.Members],
        Fields = ["members.pending", "members.expired", "members.dateCreated", "members.inviteStatus"],
        Scopes = ["member:read"],
        Parameters = [MaxDays],
    };

    protected override bool IsIncluded(MemberPosture member, CheckSettings settings) => member.Fact.Pending || member.Fact.Expired;

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings)
    {
        var days = settings.Number(MaxDays);
        return member.Fact.Expired ? Verdict.Fail(member.Resource, "The invitation ran out and is still listed.")
            : member.Fact.DateCreated is not { } invited ? Verdict.Untold(member.Resource, "dateCreated")
            : invited < posture.At.AddDays(-days) ? Verdict.Fail(member.Resource, $"Invited on {invited:yyyy-MM-dd}, more than {days} days ago, and not accepted.")
            : Verdict.Pass(member.Resource);
    }
}
