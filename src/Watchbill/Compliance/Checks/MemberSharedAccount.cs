using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No generic accounts.</summary>
internal sealed class MemberSharedAccount : MemberCheck
{
    private static readonly CheckParameter Shared = CheckParameter.Pattern("pattern", "What the part before the @ looks like where an account is shared.", "^(admin|dev|team|support|info|ops|test|shared)([._+-]|$)");

    public override CheckDefinition Definition { get; } = new("member-shared-account", Severity.Medium)
    {
        Title = "No generic accounts",
        Asserts = "Local part of email does not match the pattern.",
        Rationale = "Of what a shared account did, nobody can say who did it.",
        Remediation = "Replace by named users or an internal integration.",
        Reads = [CheckInput.Members],
        Fields = ["members.email"],
        Scopes = ["member:read"],
        Parameters = [Shared],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings)
    {
        var local = member.Fact.Email.Split('@')[0];
        return settings.Pattern(Shared).IsMatch(local) ? Verdict.Fail(member.Resource, $"An address that begins with {local} seems to belong to nobody in particular.") : Verdict.Pass(member.Resource);
    }
}
