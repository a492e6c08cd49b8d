using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Every team has members.</summary>
internal sealed class TeamNotEmpty : Check
{
    public override CheckDefinition Definition { get; } = new("team-not-empty", Severity.Low)
    {
        Title = "Every team has members",
        Asserts = "memberCount >= 1.",
        Rationale = "A team without members owns projects that nobody answers for.",
        Remediation = "Delete the team or staff it.",
        Reads = [CheckInput.Teams],
        Fields = ["teams.memberCount"],
        Scopes = ["org:read"],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Teams.Select(static team => team.Members > 0 ? Verdict.Pass(team.Resource) : Verdict.Fail(team.Resource, "Nobody is on the team."));
}
