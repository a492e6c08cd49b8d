using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Organization tokens are rotated.</summary>
internal sealed class OrgtokenAge : Check
{
    private static readonly CheckParameter MaxDays = CheckParameter.Number("maxAgeDays", "After how many days a token is to be changed.", 365, 1, 36_500);

    public override CheckDefinition Definition { get; } = new("orgtoken-age", Severity.Medium)
    {
        Title = "Organization tokens are rotated",
        Asserts = "dateCreated >= now - N days.",
        Rationale = "Tokens do not run out by themselves; the longer one lives, the more places hold it.",
        Remediation = "Create a replacement and revoke.",
        Reads = [CheckInput.OrganizationTokens],
        Fields = ["org-auth-tokens.dateCreated"],
        Scopes = ["org:read"],
        Parameters = [MaxDays],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Of(NonHumanKind.OrganizationToken).Select(token => Judge(token, posture, settings));

    private static Verdict Judge(NonHumanPosture token, Posture posture, CheckSettings settings) =>
        token.Fact.DateCreated is not { } created ? Verdict.Untold(token.Resource, "dateCreated")
        : created < posture.At.AddDays(-settings.Number(MaxDays)) ? Verdict.Fail(token.Resource, $"Created on {created:yyyy-MM-dd}, more than {settings.Number(MaxDays)} days ago.")
        : Verdict.Pass(token.Resource);
}
