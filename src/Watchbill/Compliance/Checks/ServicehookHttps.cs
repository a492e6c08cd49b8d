using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Service hooks use HTTPS and known hosts.</summary>
internal sealed class ServicehookHttps : Check
{
    private static readonly CheckParameter AllowedHosts = CheckParameter.Texts("allowedHosts", "The hosts that webhooks may go to; empty allows any.");

    public override CheckDefinition Definition { get; } = new("servicehook-https", Severity.Medium)
    {
        Title = "Service hooks use HTTPS and known hosts",
        Asserts = "url starts with https:// and host is approved.",
        Rationale = "Events that leave by a webhook go to whoever its address belongs to.",
        Remediation = "Delete or edit the hook.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["hooks.url", "hooks.status"],
        Scopes = ["project:read"],
        Parameters = [AllowedHosts],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) => posture.Projects.SelectMany(project => project.Settings is null
        ? [Verdict.NotEvaluated(project.Resource, "The settings of this project were not collected yet.")]
        : (project.Settings.Hooks ?? []).Select(hook => Judge(project, hook, settings)));

    private static Verdict Judge(ProjectPosture project, ServiceHookDocument hook, CheckSettings settings)
    {
        var resource = new CheckResource(ResourceKind.ServiceHook, hook.Id, $"{project.Slug}: {hook.Host ?? hook.Id}");
        return hook.UsesTls is not { } encrypted ? Verdict.Fail(resource, "Its address is none that can be read.")
            : !encrypted ? Verdict.Fail(resource, "It is not encrypted.")
            : settings.Texts(AllowedHosts) is { Count: > 0 } allowed && !allowed.Contains(hook.Host ?? "") ? Verdict.Fail(resource, $"It goes to {hook.Host}, which is not an allowed host.")
            : Verdict.Pass(resource);
    }
}
