using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Only approved third parties are connected.</summary>
internal sealed class IntegrationApproved : Check
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The providers and slugs of public apps that may be used; empty: not evaluated.");

    public override CheckDefinition Definition { get; } = new("integration-approved", Severity.Medium)
    {
        Title = "Only approved third parties are connected",
        Asserts = "provider.key of each integration and each installed public app slug is approved.",
        Rationale = "Every integration carries data to somebody else, and rights back.",
        Remediation = "Uninstall, or add to the vendor register.",
        Reads = [CheckInput.Integrations, CheckInput.SentryApps],
        Fields = ["integrations.provider", "sentry-app-installations.app.slug"],
        Scopes = ["org:read"],
        Parameters = [Approved],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var integrations = posture.Of(NonHumanKind.Integration).Select(static one => (one.Resource, Name: one.Fact.Provider));
        var apps = posture.Apps.Where(static app => app.Fact.Kind is NonHumanKind.PublicApp).Select(static app => (app.Resource, Name: (string?)(app.Fact.Slug ?? app.Fact.Name)));
        var approved = settings.Texts(Approved);
        return integrations.Concat(apps).Select(one => approved.Count == 0 ? Verdict.Unset(one.Resource, Approved)
            : one.Name is null ? Verdict.Untold(one.Resource, "provider.key")
            : approved.Contains(one.Name) ? Verdict.Pass(one.Resource)
            : Verdict.Fail(one.Resource, $"Nobody approved {one.Name}."));
    }
}
