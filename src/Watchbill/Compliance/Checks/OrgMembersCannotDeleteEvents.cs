using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Error records are protected from deletion by members.</summary>
internal sealed class OrgMembersCannotDeleteEvents : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-members-cannot-delete-events", Severity.High)
    {
        Title = "Error records are protected from deletion by members",
        Asserts = "eventsMemberAdmin==false.",
        Rationale = "Error records are traces of incidents; whoever may delete them may delete what they did.",
        Remediation = "Settings > Membership: let members delete events = off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.eventsMemberAdmin"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.EventsMemberAdmin is { } on ? !on : null, "eventsMemberAdmin", "Every member may delete events and issues.");
}
