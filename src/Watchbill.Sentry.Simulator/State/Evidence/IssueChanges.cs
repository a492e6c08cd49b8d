namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>Changes to issues, as if made in Sentry.</summary>
public static class IssueChanges
{
    /// <summary>Applies <paramref name="edit"/> and keeps the result.</summary>
    public static void ChangeIssue(this Organization organization, Issue issue, Action<Issue> edit)
    {
        lock (organization.Gate)
        {
            organization.Evidence.IssueRows.Keep(issue);
            edit(issue);
        }
    }

    /// <summary>Resolves, ignores or reopens; what belonged to the state before is forgotten.</summary>
    public static void SetStatus(this Organization organization, Issue issue, string status, User? by = null) => organization.ChangeIssue(issue, changed =>
    {
        (changed.ResolvedInRelease, changed.ResolvedInNextRelease) = (null, false);
        changed.ResolvedBy = status == Issue.Resolved ? by : null;
        changed.Status = status;
        changed.Substatus = status switch
        {
            Issue.Resolved => null,
            Issue.Ignored => "archived_until_escalating",
            _ => "ongoing",
        };
    });

    /// <summary>Marks an issue for deletion and writes the audit row. By id it is gone at once; search still counts it.</summary>
    public static void DeleteIssue(this Organization organization, Issue issue, Actor? by = null)
    {
        lock (organization.Gate)
        {
            organization.ChangeIssue(issue, changed => changed.Status = Issue.PendingDeletion);
            organization.Audit.Append("issue.delete", by ?? organization.DefaultActor, row => row with
            {
                Note = $"deleted issue {issue.ShortId}",
                TargetObject = issue.Id,
                Details = new System.Text.Json.Nodes.JsonObject { ["issue_id"] = issue.Id, ["project_slug"] = issue.Project.Slug },
            });
        }
    }
}
