using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Custom integration webhooks use HTTPS.</summary>
internal sealed class AppWebhookHttps : Check
{
    private static readonly CheckParameter AllowedHosts = CheckParameter.Texts("allowedHosts", "The hosts that webhooks may go to; empty allows any.");

    public override CheckDefinition Definition { get; } = new("app-webhook-https", Severity.Medium)
    {
        Title = "Custom integration webhooks use HTTPS",
        Asserts = "webhookUrl null or starts with https://.",
        Rationale = "What an app is told travels readable where the address is not encrypted.",
        Remediation = "Change the webhook URL.",
        Reads = [CheckInput.SentryApps],
        Fields = ["sentry-apps.webhookUrl"],
        Scopes = ["org:read"],
        Parameters = [AllowedHosts],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Apps.Where(static app => app.Fact.WebhookOrigin is not null).Select(app => Judge(app, new Uri(app.Fact.WebhookOrigin!, UriKind.RelativeOrAbsolute), settings));

    private static Verdict Judge(NonHumanPosture app, Uri origin, CheckSettings settings) =>
        !origin.IsAbsoluteUri || origin.Scheme != Uri.UriSchemeHttps ? Verdict.Fail(app.Resource, "Its webhook is not encrypted.")
        : settings.Texts(AllowedHosts) is { Count: > 0 } allowed && !allowed.Contains(origin.Host) ? Verdict.Fail(app.Resource, $"Its webhook goes to {origin.Host}, which is not an allowed host.")
        : Verdict.Pass(app.Resource);
}
