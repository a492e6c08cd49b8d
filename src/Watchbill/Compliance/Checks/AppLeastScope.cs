using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Custom integrations hold no admin scope.</summary>
internal sealed class AppLeastScope : Check
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The names or slugs of apps that may hold administrator scopes.");

    public override CheckDefinition Definition { get; } = new("app-least-scope", Severity.High)
    {
        Title = "Custom integrations hold no admin scope",
        Asserts = "No scopes[] entry ends in :admin or equals org:write/member:write, approved apps excepted.",
        Rationale = "An app with administrator scopes is an administrator whom no review of people shows.",
        Remediation = "Custom Integrations: lower the permissions.",
        Reads = [CheckInput.SentryApps],
        Fields = ["sentry-apps.scopes", "sentry-apps.status"],
        Scopes = ["org:read"],
        Parameters = [Approved],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Apps.Select(app => Judge(app, settings));

    private static Verdict Judge(NonHumanPosture app, CheckSettings settings)
    {
        if (app.Fact.Scopes is not { } scopes)
        {
            return Verdict.Untold(app.Resource, "scopes");
        }

        var strong = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(static scope => scope.EndsWith(":admin", StringComparison.Ordinal) || scope is "org:write" or "member:write").ToList();
        return strong.Count == 0 ? Verdict.Pass(app.Resource)
            : settings.Texts(Approved) is var approved && (approved.Contains(app.Fact.Name) || (app.Fact.Slug is { } slug && approved.Contains(slug))) ? Verdict.Pass(app.Resource, $"Approved with {string.Join(", ", strong)}.")
            : Verdict.Fail(app.Resource, $"It holds {string.Join(", ", strong)}, and nobody approved it.");
    }
}
