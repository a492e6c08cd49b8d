using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>
/// The <c>project</c> parameter of listings of evidence: ids or slugs, several allowed; none or <c>-1</c> means every project the caller reaches.
/// </summary>
internal static class ProjectFilter
{
    /// <summary>The projects asked for, or 403 when one of them is unknown or out of the caller's reach: Sentry does not tell which.</summary>
    public static (HashSet<Project> Projects, Answer? Refusal) Read(Call call)
    {
        List<string> wanted = [.. call.Query["project"].Concat(call.Query["projectSlug"]).OfType<string>().Where(text => text.Length > 0)];
        if (wanted.Count == 0 || wanted.Contains("-1"))
        {
            return ([.. call.Organization.ProjectRows.InSlugOrder.Where(call.Access.CanReach)], null);
        }

        HashSet<Project> found = [];
        foreach (var idOrSlug in wanted)
        {
            if (call.Organization.ProjectRows.Find(idOrSlug) is not { IsActive: true } project || !call.Access.CanReach(project))
            {
                return ([], Refusals.Forbidden());
            }

            found.Add(project);
        }

        return (found, null);
    }
}
