using System.Text.Json;

namespace Watchbill.Compliance.Frameworks;

/// <summary>The frameworks that come with Watchbill.</summary>
public static class FrameworkCatalogue
{
    private static readonly Lazy<IReadOnlyList<Framework>> Known = new(Load);

    /// <summary>By name.</summary>
    public static IReadOnlyList<Framework> All => Known.Value;

    /// <summary>The framework with this id; null when none that comes with Watchbill has it.</summary>
    public static Framework? Find(string id) => All.FirstOrDefault(framework => framework.Id == id);

    /// <summary>What evidence from Sentry cannot show of controls of a theme, in one sentence.</summary>
    public static string CannotShow(ControlTheme theme) => theme switch
    {
        ControlTheme.Access => "It shows access to Sentry only. Whether people should have it, when they left the company, and access to other systems need other evidence; access reviews and the directory in Watchbill are a part of it.",
        ControlTheme.Authentication => "It shows whether Sentry demands strong sign-in. How strong factors are at the identity provider, and passwords elsewhere, need its own evidence.",
        ControlTheme.Logging => "It shows Sentry's audit log and what Watchbill did. Logs of other systems, and that somebody read them, need other evidence.",
        ControlTheme.Monitoring => "It shows that projects report and alerts are connected. Whether what they watch is what matters, and whether people react, need other evidence.",
        ControlTheme.Incident => "It shows how issues in Sentry were handled. Which of them were incidents, and how these were answered, need other evidence.",
        ControlTheme.Change => "It shows releases, deploys and merged pull requests that Sentry knows. Who approved a change, and its tests, need evidence from source control.",
        ControlTheme.Configuration => "It shows settings of Sentry. Settings of other systems need their own evidence.",
        ControlTheme.Data => "It shows how Sentry is set to scrub and share data. What programs really send, and data elsewhere, need other evidence.",
        ControlTheme.Retention => "It shows what Sentry is set to keep where it tells that. How long the plan keeps events, and erasure elsewhere, need other evidence.",
        ControlTheme.Network => "It shows whether connections that Sentry makes are encrypted and known. Networks themselves need other evidence.",
        ControlTheme.Supplier => "It shows which other services Sentry is connected to. Contracts and assessments of suppliers need other evidence.",
        ControlTheme.Asset => "It shows projects, teams and connections in Sentry. Other inventories need other evidence.",
        ControlTheme.Continuity => "It shows that jobs, uptime and data are watched by Sentry. Backups and recovery need other evidence.",
        ControlTheme.Governance => "It shows that responsibilities in Sentry are assigned. Policies, risks and decisions of the company need other evidence.",
    };

    private static List<Framework> Load()
    {
        var assembly = typeof(FrameworkCatalogue).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(static name => name.StartsWith("frameworks/", StringComparison.Ordinal)).Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize(stream, FrameworkJson.Default.Framework)!;
            }).OrderBy(static framework => framework.Name, StringComparer.Ordinal),
        ];
    }
}
