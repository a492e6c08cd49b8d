using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Scrubbing is effective in each project.</summary>
internal sealed class ProjectScrubbingEffective : ProjectSettingsCheck
{
    public override CheckDefinition Definition { get; } = new("project-scrubbing-effective", Severity.High)
    {
        Title = "Scrubbing is effective in each project",
        Asserts = "(org or project dataScrubber) and (org or project dataScrubberDefaults).",
        Rationale = "Only what is in effect protects: the project's own setting, or that of the organization.",
        Remediation = "Project > Security & Privacy: switch both on, or force at org level.",
        Reads = [CheckInput.Organization, CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.dataScrubber", "project.dataScrubberDefaults"],
        Scopes = ["project:read"],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings)
    {
        var (own, all) = (document, posture.Settings);
        bool? scrubs = own.DataScrubber is true || all.DataScrubber is true ? true : own.DataScrubber is null || all.DataScrubber is null ? null : false;
        bool? defaults = own.DataScrubberDefaults is true || all.DataScrubberDefaults is true ? true : own.DataScrubberDefaults is null || all.DataScrubberDefaults is null ? null : false;
        return scrubs is false ? Verdict.Fail(project, "Secrets are not removed from events.")
            : defaults is false ? Verdict.Fail(project, "The default scrubbers do not run.")
            : scrubs is null || defaults is null ? Verdict.Untold(project, "dataScrubber and dataScrubberDefaults")
            : Verdict.Pass(project);
    }
}
