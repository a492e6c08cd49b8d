using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>The collector itself holds no surplus scope.</summary>
internal sealed class CollectorTokenLeastPrivilege : OrganizationCheck
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "Scopes that the token may hold beyond what checks need, for example org:integrations.", "team:read", "project:releases", "org:integrations");

    public override CheckDefinition Definition { get; } = new("collector-token-least-privilege", Severity.Medium)
    {
        Title = "The collector itself holds no surplus scope",
        Asserts = "access[] of the organization response minus the required scopes is empty.",
        Rationale = "A token that may more than it needs is a risk that reading alone does not justify.",
        Remediation = "Recreate the internal integration with the listed scopes.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.access"],
        Scopes = ["org:read"],
        Parameters = [Approved],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        if (posture.Settings.TokenScopes is not { } held)
        {
            return Verdict.Untold(posture.Self, "access");
        }

        var beyond = held.Except(Needed, StringComparer.Ordinal).Except(settings.Texts(Approved), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        return beyond.Count == 0 ? Verdict.Pass(posture.Self, $"It holds {string.Join(", ", held)}.") : Verdict.Fail(posture.Self, $"The token that reads may also {string.Join(", ", beyond)}.");
    }

    /// <summary>What all checks together need; the audit log is readable only with a scope that writes.</summary>
    private static IEnumerable<string> Needed => CheckCatalogue.Scopes;
}
