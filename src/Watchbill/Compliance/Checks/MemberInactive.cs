using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No dormant accounts.</summary>
internal sealed class MemberInactive : MemberCheck
{
    private static readonly CheckParameter InactiveDays = CheckParameter.Number("inactiveDays", "After how many days without activity an account is dormant; CIS asks for 45.", 90, 1, 3650);

    public override CheckDefinition Definition { get; } = new("member-inactive", Severity.Medium)
    {
        Title = "No dormant accounts",
        Asserts = "user.lastActive >= now - N days for each active member (fallback user.lastLogin); null counts from dateCreated.",
        Rationale = "Nobody notices when somebody else uses an account that its person left.",
        Remediation = "Remove the member or record why the account stays.",
        Reads = [CheckInput.Members],
        Fields = ["members.user.lastActive", "members.user.lastLogin", "members.dateCreated"],
        Scopes = ["member:read"],
        Parameters = [InactiveDays],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings)
    {
        var days = settings.Number(InactiveDays);
        var seen = member.LastActive ?? member.LastLogin;
        return (seen ?? member.Fact.DateCreated) is not { } last ? Verdict.Untold(member.Resource, "user.lastActive and dateCreated")
            : last < posture.At.AddDays(-days) ? Verdict.Fail(member.Resource, seen is null ? $"Never active since {last:yyyy-MM-dd}." : $"Last active on {last:yyyy-MM-dd}, more than {days} days ago.")
            : Verdict.Pass(member.Resource);
    }
}
