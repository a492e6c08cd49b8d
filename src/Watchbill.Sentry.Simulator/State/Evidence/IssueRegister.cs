using Watchbill.Sentry.Simulator.Generation.Evidence;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>
/// The issues of an organization: computed whenever they are asked for, except those that were changed, which are kept. Includes issues that
/// wait for their deletion. The organization's lock guards it.
/// </summary>
internal sealed class IssueRegister(GeneratedIssues generated)
{
    private readonly Dictionary<long, Issue> kept = [];

    /// <summary>Issues seen at or before an instant, last seen first.</summary>
    public IEnumerable<Issue> LastSeenFirst(DateTimeOffset? from = null) => generated.LastSeenFirst(from).Select(Current).Where(issue => issue.Project.IsActive);

    public IEnumerable<Issue> Of(Project project) => generated.Of(project).Select(Current);

    public Issue? Find(long id) => generated.Find(id) is { } issue && Current(issue) is { Status: not Issue.PendingDeletion, Project.IsActive: true } current ? current : null;

    /// <summary>Finds an issue by its short id, in either case.</summary>
    public Issue? Find(Organization organization, string shortId)
    {
        var dash = shortId.LastIndexOf('-');
        if (dash <= 0 || Base32.Read(shortId[(dash + 1)..]) is not { } number)
        {
            return null;
        }

        var project = organization.ProjectRows.InSlugOrder.FirstOrDefault(project => project.Slug.Equals(shortId[..dash], StringComparison.OrdinalIgnoreCase));
        return project is not null && generated.Find(project, number) is { } issue ? Find(issue.Id) : null;
    }

    /// <summary>To be called before an issue is changed, so that the change outlives the request.</summary>
    public void Keep(Issue issue) => kept[issue.Id] = issue;

    private Issue Current(Issue issue) => kept.GetValueOrDefault(issue.Id, issue);
}
