using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Change authors are members.</summary>
internal sealed class ReleaseAuthorsKnown : Check
{
    private static readonly CheckParameter MostUnknown = CheckParameter.Number("mostUnknown", "How many authors of a release may be unknown, for example bots.", 0, 0, 1000);
    private static readonly CheckParameter Period = CheckParameter.Number("periodDays", "How many days back releases count.", 90, 1, 3650);

    public override CheckDefinition Definition { get; } = new("release-authors-known", Severity.Medium)
    {
        Title = "Change authors are members",
        Asserts = "Of each release in the period at most N authors are nobody whom Sentry knows; addresses of authors are not kept, so that bots are allowed by number.",
        Rationale = "Code of somebody whom nobody knows got into what was released.",
        Remediation = "Identify the author; remove access in source control.",
        Reads = [CheckInput.Releases],
        Fields = ["releases.authors.email"],
        Scopes = ["project:read", "member:read"],
        Parameters = [MostUnknown, Period],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var (since, most) = (posture.At.AddDays(-settings.Number(Period)), settings.Number(MostUnknown));
        return posture.Releases.Where(release => (release.Document.DateReleased ?? release.Document.DateCreated) >= since && release.Document.AuthorCount is not 0)
            .Select(release => release.As(ResourceKind.Release) is var resource && release.Document.UnknownAuthorCount is not { } unknown
                ? Verdict.Untold(resource, "authors")
                : unknown <= most ? Verdict.Pass(resource) : Verdict.Fail(resource, $"{unknown} of {release.Document.AuthorCount} authors are nobody whom Sentry knows."));
    }
}
