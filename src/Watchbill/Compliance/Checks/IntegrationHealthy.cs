using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Notification and code integrations work.</summary>
internal sealed class IntegrationHealthy : Check
{
    public override CheckDefinition Definition { get; } = new("integration-healthy", Severity.Medium)
    {
        Title = "Notification and code integrations work",
        Asserts = "organizationIntegrationStatus==\"active\", status==\"active\", gracePeriodEnd==null, outOfDate!=true.",
        Rationale = "An integration that is broken or out of date tells nobody, while everybody believes it does.",
        Remediation = "Reinstall or upgrade the integration.",
        Reads = [CheckInput.Integrations],
        Fields = ["integrations.organizationIntegrationStatus", "integrations.status", "integrations.gracePeriodEnd", "integrations.outOfDate"],
        Scopes = ["org:read"],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Of(NonHumanKind.Integration).Select(static integration => Judge(integration));

    private static Verdict Judge(NonHumanPosture integration) =>
        integration.Fact.IsActive is not { } active ? Verdict.Untold(integration.Resource, "organizationIntegrationStatus")
        : !active ? Verdict.Fail(integration.Resource, $"Its status is {integration.Fact.Status}.")
        : integration.Fact.Ailments is { } ailments ? Verdict.Fail(integration.Resource, $"It needs care: {ailments.Replace(" ", ", ", StringComparison.Ordinal)}.")
        : Verdict.Pass(integration.Resource);
}
