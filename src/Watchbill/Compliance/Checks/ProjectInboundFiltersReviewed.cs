using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Filters do not hide errors.</summary>
internal sealed class ProjectInboundFiltersReviewed : ProjectSettingsCheck
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The texts of filters that may be used, as they stand in the project's settings.");

    public override CheckDefinition Definition { get; } = new("project-inbound-filters-reviewed", Severity.Medium)
    {
        Title = "Filters do not hide errors",
        Asserts = "options[\"filters:error_messages\"], filters:releases, filters:blacklisted_ips are empty or equal to the approved text.",
        Rationale = "A filter drops errors before anybody sees them.",
        Remediation = "Remove the custom inbound filter or record why.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.options", "filters.active"],
        Scopes = ["project:read"],
        Parameters = [Approved],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings)
    {
        if (document.OwnFilters is not { } filters)
        {
            return Verdict.Untold(project, "options.filters:*");
        }

        var approved = settings.Texts(Approved).Select(OwnFiltersDocument.DigestOf).ToHashSet(StringComparer.Ordinal);
        List<string> unknown = [.. new[] { ("error messages", filters.ErrorMessages), ("releases", filters.Releases), ("networks", filters.Networks) }
            .Where(filter => filter.Item2 is { } digest && !approved.Contains(digest)).Select(static filter => filter.Item1)];
        return unknown.Count == 0 ? Verdict.Pass(project) : Verdict.Fail(project, $"Events are dropped by filters that nobody approved: {string.Join(", ", unknown)}.");
    }
}
