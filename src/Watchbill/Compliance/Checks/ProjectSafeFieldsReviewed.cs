using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>No project exempts fields from scrubbing.</summary>
internal sealed class ProjectSafeFieldsReviewed : ProjectSettingsCheck
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The field names that may stay unscrubbed.");

    public override CheckDefinition Definition { get; } = new("project-safe-fields-reviewed", Severity.Medium)
    {
        Title = "No project exempts fields from scrubbing",
        Asserts = "safeFields is a subset of approved.",
        Rationale = "A safe field is never scrubbed, whatever it holds.",
        Remediation = "Remove or record exception.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.safeFields"],
        Scopes = ["project:read"],
        Parameters = [Approved],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings)
    {
        if (document.SafeFields is not { } listed)
        {
            return Verdict.Untold(project, "safeFields");
        }

        var unknown = listed.Except(settings.Texts(Approved), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0 ? Verdict.Pass(project) : Verdict.Fail(project, $"Never scrubbed although nobody approved it: {string.Join(", ", unknown)}.");
    }
}
