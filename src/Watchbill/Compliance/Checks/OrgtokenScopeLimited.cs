using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Organization tokens have CI scope only.</summary>
internal sealed class OrgtokenScopeLimited : Check
{
    private static readonly CheckParameter Allowed = CheckParameter.Texts("allowed", "The scopes that organization tokens may have.", "org:ci");

    public override CheckDefinition Definition { get; } = new("orgtoken-scope-limited", Severity.High)
    {
        Title = "Organization tokens have CI scope only",
        Asserts = "scopes is a subset of the allowed set.",
        Rationale = "A token of a build needs to upload, nothing more.",
        Remediation = "Recreate as an organization token; use an internal integration for anything else.",
        Reads = [CheckInput.OrganizationTokens],
        Fields = ["org-auth-tokens.scopes"],
        Scopes = ["org:read"],
        Parameters = [Allowed],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Of(NonHumanKind.OrganizationToken).Select(token => Judge(token, settings));

    private static Verdict Judge(NonHumanPosture token, CheckSettings settings)
    {
        if (token.Fact.Scopes is not { } scopes)
        {
            return Verdict.Untold(token.Resource, "scopes");
        }

        var beyond = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(settings.Texts(Allowed), StringComparer.OrdinalIgnoreCase).ToList();
        return beyond.Count == 0 ? Verdict.Pass(token.Resource) : Verdict.Fail(token.Resource, $"It may also {string.Join(", ", beyond)}.");
    }
}
