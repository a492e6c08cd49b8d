using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Organization tokens in use only.</summary>
internal sealed class OrgtokenUnused : Check
{
    private static readonly CheckParameter Days = CheckParameter.Number("unusedDays", "After how many days without use a token is to be removed.", 90, 1, 3650);

    public override CheckDefinition Definition { get; } = new("orgtoken-unused", Severity.Medium)
    {
        Title = "Organization tokens in use only",
        Asserts = "dateLastUsed >= now - N days (null: dateCreated).",
        Rationale = "A token that nobody uses is only there to be found.",
        Remediation = "Revoke the token.",
        Reads = [CheckInput.OrganizationTokens],
        Fields = ["org-auth-tokens.dateLastUsed", "org-auth-tokens.dateCreated"],
        Scopes = ["org:read"],
        Parameters = [Days],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Of(NonHumanKind.OrganizationToken).Select(token => Judge(token, posture, settings));

    private static Verdict Judge(NonHumanPosture token, Posture posture, CheckSettings settings) =>
        (token.LastUsed ?? token.Fact.DateCreated) is not { } last ? Verdict.Untold(token.Resource, "dateLastUsed and dateCreated")
        : last < posture.At.AddDays(-settings.Number(Days)) ? Verdict.Fail(token.Resource, token.LastUsed is null ? $"Never used since {last:yyyy-MM-dd}." : $"Last used on {last:yyyy-MM-dd}.")
        : Verdict.Pass(token.Resource);
}
