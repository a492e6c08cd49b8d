using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Browser projects restrict origins.</summary>
internal sealed class ProjectAllowedDomainsSet : ProjectSettingsCheck
{
    private static readonly CheckParameter Platforms = CheckParameter.Texts("platforms", "The platforms that are browsers; one that ends in * stands for all that begin so.", "javascript*");

    public override CheckDefinition Definition { get; } = new("project-allowed-domains-set", Severity.Medium)
    {
        Title = "Browser projects restrict origins",
        Asserts = "Platform starts with javascript => allowedDomains is not empty and has no *.",
        Rationale = "The key of a browser project is public; only the list of domains keeps others from filling it.",
        Remediation = "Project > General: Allowed Domains.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.allowedDomains", "project.platform"],
        Scopes = ["project:read"],
        Parameters = [Platforms],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings)
    {
        if (!settings.Texts(Platforms).Any(platform => StarredName.Fits(platform, document.Platform ?? "")))
        {
            return Verdict.NotApplicable(project, "Its events do not come from browsers.");
        }

        return document.AllowedDomains is not { } domains ? Verdict.Untold(project, "allowedDomains")
            : domains.Count == 0 || domains.Contains("*") ? Verdict.Fail(project, "Events are accepted from pages of any domain.")
            : Verdict.Pass(project);
    }
}
